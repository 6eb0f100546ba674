/* qr: see qr.h. */
#include "qr.h"

#include "../base/unicode.h"

#include <qrencode.h>

enum { QUIET_MODULES = 4 };

/* Each run of dark modules of a row is a bar of the path. */
static void put_row(const unsigned char *row, int width, int y, Buffer *out)
{
    for (int x = 0; x < width;) {
        const int start = x;
        while (x < width && row[x] & 1)
            x++;
        if (x > start)
            buffer_format(out, "M%d %dh%dv1h-%dz", start + QUIET_MODULES, y + QUIET_MODULES, x - start, x - start);
        else
            x++;
    }
}

bool qr_svg(Text text, Text label, Buffer *out)
{
    QRcode *code = QRcode_encodeData((int)text.length, (const unsigned char *)text.bytes, 0, QR_ECLEVEL_M);
    if (!code)
        return false;
    const int side = code->width + 2 * QUIET_MODULES;
    buffer_format(out, "<svg class=\"qr\" viewBox=\"0 0 %d %d\" role=\"img\" aria-label=\"", side, side);
    buffer_html(out, label);
    buffer_string(out, "\"><path d=\"");
    for (int y = 0; y < code->width; y++)
        put_row(code->data + y * code->width, code->width, y, out);
    buffer_string(out, "\"/></svg>");
    QRcode_free(code);
    return true;
}

static bool is_dark(const QRcode *code, int x, int y)
{
    const bool is_inside = x >= 0 && y >= 0 && x < code->width && y < code->width;
    return is_inside && code->data[y * code->width + x] & 1;
}

/* Blocks are what is light, so that the letters are white on black. */
bool qr_terminal(Text text, bool colour, Buffer *out)
{
    static const char *const blocks[] = {"█", "▀", "▄", " "};
    QRcode *code = QRcode_encodeData((int)text.length, (const unsigned char *)text.bytes, 0, QR_ECLEVEL_M);
    if (!code)
        return false;
    for (int y = -QUIET_MODULES; y < code->width + QUIET_MODULES; y += 2) {
        buffer_string(out, colour ? "\x1b[97;40m" : "");
        for (int x = -QUIET_MODULES; x < code->width + QUIET_MODULES; x++)
            buffer_string(out, blocks[2 * is_dark(code, x, y) + is_dark(code, x, y + 1)]);
        buffer_string(out, colour ? "\x1b[0m\n" : "\n");
    }
    QRcode_free(code);
    return true;
}

size_t qr_terminal_columns(Text line)
{
    const size_t escape = text_starts(line, "\x1b") ? sizeof "\x1b[97;40m" - 1 + sizeof "\x1b[0m" - 1 : 0;
    return unicode_count(line) - escape;
}
