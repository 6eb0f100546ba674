/* site: what a site is made of, and how to find a page in it.
 * Site, Course, Module and Page live as long as the site and are read-only once
 * it is resolved.  A Page is a record of about a kilobyte: never a source, never
 * a body. */
#ifndef LECTERN_SITE_H
#define LECTERN_SITE_H

#include "../base/diag.h"
#include "../base/files.h"
#include "../base/flat.h"
#include "../base/hash.h"
#include "../base/table.h"

enum { SITE_NOWHERE = UINT32_MAX };

typedef enum PageKind { PAGE_SITE, PAGE_COURSE, PAGE_MODULE, PAGE_PLAIN } PageKind;

typedef struct Heading {
    uint8_t level;    /* 0 is no heading, but a block with an id: a link can lead there */
    Text id, text;
} Heading;

/* A link or a medium that a page names, as written, and where. */
typedef struct Link {
    Text target;
    Pos pos;
    bool is_media;
    bool is_hidden;    /* in a block that this edition leaves out: verified, and not copied */
} Link;

typedef struct LinkList {
    Link *items;
    size_t count, capacity;
} LinkList;

typedef struct PageList {
    uint32_t *items;         /* indices of pages */
    size_t count, capacity;
} PageList;

typedef struct Page {
    /* load */
    Text source;             /* its path below content/ */
    Text folder;             /* the folder it is in, below content/ */
    uint32_t file;           /* its number among the sources */
    FileStamp stamp;
    PageKind kind;
    uint32_t course, module;    /* SITE_NOWHERE when in none */
    uint32_t name_number;       /* the digits before its name, or SITE_NOWHERE */
    Text address;               /* `service-desk/six-steps.html` */
    bool is_missing;            /* no such file: an index that nobody wrote */

    /* parse: the page record */
    bool is_read;            /* its source made sense */
    Pos id_pos;
    Text title, type, id, summary, to_do, language, done;
    bool is_draft, counts, is_printed;
    bool has_order;
    int64_t order;
    uint32_t minutes, word_count;
    TextList objectives, old_addresses;
    LinkList requires;       /* pages, or `reading` */
    Text headings;           /* flat; see heading_next */
    Text links;              /* flat: what it links to and the media it shows; see link_next */
    Text facts;              /* flat: what its type and its blocks make known; see script_call_facts */
    Hash hash;               /* of its source */

    /* resolve */
    uint32_t number;         /* its place in its module or course, from 1; 0 when it has none */
    uint32_t previous, next; /* pages, or SITE_NOWHERE */
    PageList needs;          /* what must be done before it opens; see requires.h */
} Page;

typedef struct Module {
    Text folder, slug;
    uint32_t name_number, course;
    uint32_t page;           /* its index */
    PageList pages;          /* in order, without the index */
    uint32_t minutes;
} Module;

typedef struct Course {
    Text folder, slug;
    uint32_t name_number, file;
    uint32_t page;
    Value settings;          /* of course.yaml, typed */
    Text title, id, summary, unit;
    bool is_numbered, is_passport;
    uint32_t minutes;
    PageList pages;          /* outside of any module */
    struct {
        uint32_t *items;     /* indices of modules, in order */
        size_t count, capacity;
    } modules;
} Course;

/* A file that is no page: a picture, a video, a document. */
typedef struct Medium {
    Text source;             /* its path below content/ */
    Text address;
    FileStamp stamp;
    bool is_used;            /* a published page refers to it */
} Medium;

/* An address that a page had before, which leads to it. */
typedef struct Redirect {
    Text address;
    uint32_t page;
} Redirect;

typedef struct Site {
    Arena *arena;
    Value settings;          /* of site.yaml, typed */
    Text title, id, language, theme;
    bool is_one_course;      /* course.yaml stands beside site.yaml */
    uint32_t page;           /* the front page */
    PageList root_pages;
    struct { Page *items; size_t count, capacity; } pages;
    struct { Module *items; size_t count, capacity; } modules;
    struct { Course *items; size_t count, capacity; } courses;
    struct { Medium *items; size_t count, capacity; } media;
    struct { Redirect *items; size_t count, capacity; } redirects;
    uint32_t *course_order;  /* indices of courses, as the front page shows them */
    Table by_source;         /* path below content/ -> page */
    Table by_folder;         /* a folder below content/ -> the page that stands for it, its index */
    Table media_by_source;
    Table misplaced;         /* sources that are in no place for a page, which was said */
} Site;

/* Borrowed; NULL when there is none. */
Page *site_page(const Site *site, Text source);
Medium *site_medium(const Site *site, Text source);
const Course *site_course_of(const Site *site, const Page *page);
const Module *site_module_of(const Site *site, const Page *page);

/* `Module 4`, or "" when its course does not number. */
Text module_label(Arena *arena, const Site *site, const Module *module);

/* Its place among the modules of its course, or the number of its folder. */
uint32_t module_number(const Site *site, const Module *module);

/* What a page's state is kept under: its `id`, else its address. */
Text page_key(const Page *page);

/* One link more of a page, and the next one of those that it has; false at the end. */
void link_put(const Link *link, Buffer *links);
bool link_next(FlatReader *links, const Page *page, Link *link);

/* Headings, and other places that have an id, as a page keeps them: put, and read one by one until false. */
void heading_put(const Heading *heading, Buffer *headings);
bool heading_next(FlatReader *headings, Heading *heading);

/* Across processes: the part of a page that parsing finds out.  What is taken borrows its texts. */
void page_put(const Page *page, Buffer *flat);
bool page_take(Arena *arena, Page *page, FlatReader *flat);

/* As it was before anything was taken. */
void page_forget(Page *page);

#endif
