"""Says where a script on standard input is no PowerShell, by the grammar of tree-sitter: a line for
each place, and exit code 1 when there is one."""

import sys

import tree_sitter
import tree_sitter_powershell


def broken(node):
    if node.is_error or node.is_missing:
        yield node
    for child in node.children:
        if child.has_error or child.is_missing:
            yield from broken(child)


def main():
    parser = tree_sitter.Parser(tree_sitter.Language(tree_sitter_powershell.language()))
    places = list(broken(parser.parse(sys.stdin.buffer.read()).root_node))
    for node in places:
        print(f"{node.start_point.row + 1}:{node.start_point.column + 1}")
    sys.exit(1 if places else 0)


main()
