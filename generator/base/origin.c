/* origin: see origin.h. */
#include "origin.h"

Origin origin_plain(Arena *arena, uint32_t file, uint32_t source)
{
    Origin origin = {.file = file};
    origin_run(arena, &origin, 0, source);
    return origin;
}

void origin_run(Arena *arena, Origin *origin, uint32_t derived, uint32_t source)
{
    *LIST_PUSH(arena, origin) = (OriginRun){derived, source};
}

/* The last run that begins at or before `derived`. */
static const OriginRun *run_at(const Origin *origin, uint32_t derived)
{
    size_t low = 0, high = origin->count;
    while (high - low > 1) {
        const size_t middle = (low + high) / 2;
        if (origin->items[middle].derived <= derived)
            low = middle;
        else
            high = middle;
    }
    return &origin->items[low];
}

uint32_t origin_source(const Origin *origin, uint32_t derived)
{
    if (origin->count == 0)
        return derived;
    const OriginRun *run = run_at(origin, derived);
    return derived < run->derived ? run->source : run->source + (derived - run->derived);
}

Pos origin_pos(const Origin *origin, uint32_t derived)
{
    return (Pos){origin->file, origin_source(origin, derived)};
}

Origin origin_through(Arena *arena, const Origin *outer, const Origin *inner)
{
    Origin whole = {.file = outer->file};
    for (size_t i = 0; i < inner->count; i++) {
        const OriginRun *run = &inner->items[i];
        const uint32_t next = i + 1 < inner->count ? inner->items[i + 1].derived : UINT32_MAX;
        origin_run(arena, &whole, run->derived, origin_source(outer, run->source));
        for (size_t j = 0; j < outer->count; j++) {
            const OriginRun *step = &outer->items[j];
            if (step->derived <= run->source || step->derived - run->source >= next - run->derived)
                continue;
            origin_run(arena, &whole, run->derived + (step->derived - run->source), step->source);
        }
    }
    return whole;
}
