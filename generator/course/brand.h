/* brand: one colour from site.yaml -> custom properties that can be read on paper and in the dark. */
#ifndef LECTERN_BRAND_H
#define LECTERN_BRAND_H

#include "../base/text.h"

/* Write a rule for :root with --brand, and the accent for each scheme: the colour itself, made
 * darker or lighter until text in it has a contrast of 4.5 to 1 (WCAG 2.2, 1.4.3) with the ground. */
void brand_write(Text color, Buffer *css);

/* The contrast of two colours, 0xRRGGBB, by WCAG's formula: 1 to 21. */
double brand_contrast(uint32_t one, uint32_t other);

#endif
