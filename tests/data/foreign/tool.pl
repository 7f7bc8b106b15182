#!/usr/bin/perl
use strict;
my $package'name = "old";
my $home = "https://www.gnu.org/";
my %map = (site => 'https://example.org', re => qr{^https?://(?:www\.)?example\.com/#top});
print <<"END" if $home =~ m/^#/ or 1;
See https://www.apache.org/licenses/ for the licence.
END
=pod

Documented at L<https://example.org/doc>.

=cut
1;
