/* qr: see qr.h. */
#include "qr.h"

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
