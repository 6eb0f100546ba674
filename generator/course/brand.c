/* brand: see brand.h. */
#include "brand.h"

#include <math.h>

/* The darkest tint of paper, and the lightest dark ground, that text in the accent stands on. */
enum { PAPER = 0xEEF3F1, NIGHT = 0x22292E, WHITE = 0xFFFFFF, BLACK = 0x10151A };

static uint32_t channel_of(uint32_t color, int channel)
{
    return color >> (16 - 8 * channel) & 0xFF;
}

/* WCAG 2.2, "relative luminance". */
static double luminance(uint32_t color)
{
    static const double weights[] = {0.2126, 0.7152, 0.0722};
    double sum = 0;
    for (int i = 0; i < 3; i++) {
        const double part = channel_of(color, i) / 255.0;
        sum += weights[i] * (part <= 0.04045 ? part / 12.92 : pow((part + 0.055) / 1.055, 2.4));
    }
    return sum;
}

double brand_contrast(uint32_t one, uint32_t other)
{
    const double first = luminance(one), second = luminance(other);
    return first > second ? (first + 0.05) / (second + 0.05) : (second + 0.05) / (first + 0.05);
}

static uint32_t mixed(uint32_t color, uint32_t with, int percent)
{
    uint32_t result = 0;
    for (int i = 0; i < 3; i++)
        result = result << 8 | ((channel_of(color, i) * (100 - (uint32_t)percent) + channel_of(with, i) * (uint32_t)percent + 50) / 100);
    return result;
}

/* `color`, with as little of `with` as it takes to be readable on `ground`. */
static uint32_t readable(uint32_t color, uint32_t with, uint32_t ground)
{
    for (int percent = 0; percent < 100; percent += 2)
        if (brand_contrast(mixed(color, with, percent), ground) >= 4.5)
            return mixed(color, with, percent);
    return with;
}

static uint32_t ink_on(uint32_t ground)
{
    return brand_contrast(WHITE, ground) >= 4.5 ? WHITE : BLACK;
}

static uint32_t digit(char byte)
{
    return (uint32_t)(byte >= '0' && byte <= '9' ? byte - '0' : (byte | 0x20) - 'a' + 10) & 15;
}

static uint32_t color_from(Text color)
{
    uint32_t number = 0;
    for (size_t i = 1; i < color.length; i++) {
        number = number << 4 | digit(color.bytes[i]);
        if (color.length == 4)
            number = number << 4 | digit(color.bytes[i]);
    }
    return number;
}

void brand_write(Text color, Buffer *css)
{
    const uint32_t brand = color_from(color);
    const uint32_t light = readable(brand, 0x000000, PAPER), dark = readable(brand, WHITE, NIGHT);
    buffer_format(css, ":root{--brand:#%06x;--accent:#%06x;--accent-ink:#%06x;--accent-dark:#%06x;--accent-dark-ink:#%06x}\n",
                  brand, light, ink_on(light), dark, ink_on(dark));
}
