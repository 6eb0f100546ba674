/* rsync: the program that copies a site, started without a shell. */
#ifndef LECTERN_RSYNC_H
#define LECTERN_RSYNC_H

#include "../course/published.h"

/* What rsync is to leave alone and to remove, as its filter rules: in `folder` (the site) it does not see what `site`
 * has not got; at the destination it removes nothing but what is in `gone`. */
Text rsync_rules(Arena *arena, const char *folder, const Published *site, const PublishedList *gone);

/* The words of its command line, a NULL behind them. */
char **rsync_words(Arena *arena, const char *folder, const char *rules_path, const Destination *destination);

/* Are the programs there that copying needs?  False after saying on standard error what to install. */
bool rsync_is_there(const Destination *destination);

/* Run it and wait; its messages go to standard error.  Its exit status, or 128 and the signal that ended it. */
int rsync_run(char **words);

/* What an exit status means, for people. */
const char *rsync_reason(int status);

#endif
