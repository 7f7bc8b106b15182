/* See https://www.freedesktop.org/wiki/ */
#if defined(A)
int f(void) {
#else
int f(int x) {
#endif
    const char *url = "https://example.com/" "path"; // https://www.unicode.org/
    return url[0] == '"';
}
