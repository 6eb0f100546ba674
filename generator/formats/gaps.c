/* gaps: `{word}` in a text that is to be filled in. */
#include "reader.h"

/* A brace that closes, or opens, nothing. */
static void report(Reader *reader, const Mask *mask)
{
    const bool is_open = *mask->problem == 'o';
    diag_error(reader->diag, reader_pos(reader, mask->start),
               is_open ? "this `{` is never closed" : "this `}` closes nothing");
    diag_help(reader->diag, is_open ? "write `}` behind the answer, on the same line; a brace that is text is `\\{`"
                                    : "write `{` before the answer; a brace that is text is `\\}`");
    diag_width(reader->diag, 1);
}

void gap_meet(Reader *reader, const Mask *mask)
{
    if (mask->problem) {
        report(reader, mask);
        return;
    }
    if (reader->in_paragraph && !reader->paragraph_is_open)
        reader_open_paragraph(reader);
    reader_open_own_paragraph(reader);
    Piece *piece = reader_piece(reader, PIECE_GAP, mask->start);
    piece->gap = text_slice(reader->masked.text, mask->start + 1, mask->end - 1);
    buffer_string(&reader->plain, "____");
}
