/* pdf_names: how the PDF file of a page is called, and whether there is one. */
#ifndef LECTERN_PDF_NAMES_H
#define LECTERN_PDF_NAMES_H

#include "project.h"

/* Is the PDF of this page a book: that of all pages of its module or course? */
bool pdf_is_book(const Page *page);

/* The names, without `.pdf`, of all pages of the site by their places in it. */
const Text *pdf_names(Project *project);

/* Where the PDF of a page is, below the site, if `lectern print` made one; "" otherwise. */
Text pdf_of(Project *project, const Page *page);

#endif
