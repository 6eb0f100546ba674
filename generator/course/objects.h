/* objects: the site, a course, a module and a page as plugins and templates see them. */
#ifndef LECTERN_OBJECTS_H
#define LECTERN_OBJECTS_H

#include "project.h"

/* Null values for NULL. */
Value objects_site(const Site *site);
Value objects_course(const Course *course);
Value objects_module(const Module *module);
Value objects_page(const Page *page);

/* The page that an object stands for: a page itself, or a course's, a module's or the site's own. */
const Page *objects_page_of(const Project *project, const Value *object);

#endif
