/* qr: a text as a QR code (ISO/IEC 18004), drawn as SVG; libqrencode works it out. */
#ifndef LECTERN_QR_H
#define LECTERN_QR_H

#include "../base/text.h"

/* An <svg> of class `qr`, black on what is behind it, with the quiet zone of four modules that the
 * standard asks for; `label` says in words what it leads to.  False when the text is too long. */
bool qr_svg(Text text, Text label, Buffer *out);

#endif
