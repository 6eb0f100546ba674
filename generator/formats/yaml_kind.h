/* yaml_kind: the kind reading that comes before libyaml.
 * Trainers write `title: Module 4: Your Customer`.  This walks through a text line by line, as its
 * author sees it: by indentation, dashes and colons.  Values that YAML would refuse or misread get
 * quotes (see yaml_value.h); the commonest slips are reported in our own words, each where it is,
 * and made harmless, so that libyaml can read the rest. */
#ifndef LECTERN_YAML_KIND_H
#define LECTERN_YAML_KIND_H

#include "yaml_mend.h"

/* Read `mend->source` from `start` on; what is to be done about it is in `mend` then. */
void yaml_kind_read(YamlMend *mend, size_t start);

#endif
