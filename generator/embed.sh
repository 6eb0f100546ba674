#!/bin/sh
# embed: writes an assembler file that holds the files named on standard input, and the table that
# finds them: what `project.h` declares as embedded_files.  Names are as they are, so run it from
# the project's folder.
set -eu

echo '    .section .rodata'
index=0
names=
while read -r name; do
    printf '    .balign 8\nlectern_file_%s:\n    .incbin "%s"\nlectern_end_%s:\n    .byte 0\n' "$index" "$name" "$index"
    printf 'lectern_name_%s:\n    .string "%s"\n' "$index" "$name"
    names="$names $index"
    index=$((index + 1))
done

printf '    .section .data.rel.ro.local,"aw"\n    .balign 8\n    .globl embedded_files\nembedded_files:\n'
for number in $names; do
    printf '    .quad lectern_name_%s, lectern_file_%s, lectern_end_%s - lectern_file_%s\n' \
        "$number" "$number" "$number" "$number"
done
printf '    .section .rodata\n    .balign 8\n    .globl embedded_count\nembedded_count:\n    .quad %s\n' "$index"
printf '    .section .note.GNU-stack,"",%%progbits\n'
