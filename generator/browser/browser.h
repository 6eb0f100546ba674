/* browser: a Chromium without a window, which shows pages, tells about them and prints them.
 * It is one process with one tab, driven through its debugging pipe; a page that it hangs or
 * crashes on costs that page, and the browser is started anew for the next.  Every page has a time
 * limit, from browser_show until it has been printed: 60 seconds, or LECTERN_BROWSER_SECONDS. */
#ifndef LECTERN_BROWSER_H
#define LECTERN_BROWSER_H

#include "../base/diag.h"

typedef struct Browser Browser;

typedef enum BrowserPaper { PAPER_LETTER, PAPER_A4 } BrowserPaper;

/* Find a browser and start it.  NULL after reporting; `otherwise` says what can be done where there
 * is none.  Until browser_close, Ctrl-C only makes what goes on fail; browser_close puts the browser
 * away and lets it have its way. */
Browser *browser_open(Arena *arena, Diag *diag, const char *otherwise);
void browser_close(Browser *browser);

/* Can another page be shown?  No more once the browser did not start again (which was reported), or
 * somebody pressed Ctrl-C. */
bool browser_can_go_on(const Browser *browser);

/* Show the file at `path`, and wait until it is there with its fonts and pictures.  Problems with
 * it are reported as those of `shown`.  Without `runs_script` the page's own scripts do not run;
 * browser_value works even then. */
bool browser_show(Browser *browser, Text path, Text shown, bool runs_script);

/* Give it the styles of a medium, "print" or "screen"; "" is the browser's own choice again. */
bool browser_show_as(Browser *browser, const char *medium);

/* What an expression in JavaScript gives in the page, as JSON; a promise is waited for. */
bool browser_value(Browser *browser, Arena *arena, const char *expression, Text *json);

/* What an expression gives, which must be a text. */
bool browser_text(Browser *browser, Arena *arena, const char *expression, Text *text);

/* Choose files in the field that `selector` finds, as somebody would; their paths begin with `/`. */
bool browser_choose_files(Browser *browser, const char *selector, const TextList *paths);

/* The page as a tagged PDF, with an outline of its headings. */
bool browser_print(Browser *browser, Arena *arena, BrowserPaper paper, Text *pdf);

#endif
