/* yaml_check: what libyaml does not look at, or says badly.
 * Bytes that cannot stand in a text, keys that stand twice, commas that split a sentence; and our
 * own words for libyaml's. */
#ifndef LECTERN_YAML_CHECK_H
#define LECTERN_YAML_CHECK_H

#include "yaml_mend.h"

/* Report the first byte that is no UTF-8, or a sign that libyaml would not take, or would take for
 * the end of a line. */
bool yaml_check_bytes(YamlMend *mend, size_t start);

/* Report the keys that stand twice in a map, each once for each time too many. */
void yaml_check_twice(YamlMend *mend, const Value *map);

/* Warn when the items of a list in [ ] read like one sentence with commas. */
void yaml_check_commas(YamlMend *mend, const Value *list);

/* Warn when something in { } has no value. */
void yaml_check_braces(YamlMend *mend, const Value *map);

typedef struct YamlWords {
    const char *problem; /* libyaml's */
    const char *message, *help;
} YamlWords;

const YamlWords *yaml_words(const char *problem);

#endif
