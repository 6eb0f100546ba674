/* qr: a text as a QR code (ISO/IEC 18004), drawn as SVG or in a terminal; libqrencode works it out. */
#ifndef LECTERN_QR_H
#define LECTERN_QR_H

#include "../base/text.h"

/* An <svg> of class `qr`, black on what is behind it, with the quiet zone of four modules that the
 * standard asks for; `label` says in words what it leads to.  False when the text is too long. */
bool qr_svg(Text text, Text label, Buffer *out);

/* The same for a terminal: lines of half blocks, two modules high each.  With `colour` it is black on
 * white whatever the terminal is; without, it is drawn for light letters on a dark ground. */
bool qr_terminal(Text text, bool colour, Buffer *out);

/* How many columns a line of that takes. */
size_t qr_terminal_columns(Text line);

#endif
