/* pdf_names: see pdf_names.h. */
#include "pdf_names.h"

#include "../base/path.h"
#include "output.h"

/* `desk/first/quiz.html` becomes `desk-first-quiz`. */
static Text name_from(Arena *arena, Text address)
{
    char *name = text_c_string(arena, text_slice(address, 0, address.length - path_extension(address).length - 1));
    for (char *byte = name; *byte; byte++)
        if (*byte == '/')
            *byte = '-';
    return text_from(name);
}

/* `desk/first` becomes `desk-first`: of the book of a module or course. */
static Text book_name(Arena *arena, Text address)
{
    const Text folder = path_folder(address);
    return folder.length ? name_from(arena, text_format(arena, "%.*s.html", TEXT_ARG(folder))) : TEXT("handbook");
}

bool pdf_is_book(const Page *page)
{
    return page->kind == PAGE_MODULE || page->kind == PAGE_COURSE;
}

/* Every page has its name, whether it is printed now or not: so none takes that of another. */
const Text *pdf_names(Project *project)
{
    Arena *arena = project->arena;
    const Site *site = &project->site;
    Table taken = table_new(arena);
    if (project->pdf_names)
        return project->pdf_names;
    Text *names = ARENA_ARRAY(arena, Text, site->pages.count + 1);
    for (size_t i = 0; i < site->pages.count; i++) {
        const Page *page = &site->pages.items[i];
        if (page_is_published(project, page))
            names[i] = table_unique(&taken, pdf_is_book(page) ? book_name(arena, page->address) : name_from(arena, page->address));
    }
    return project->pdf_names = names;
}

Text pdf_of(Project *project, const Page *page)
{
    const Site *site = &project->site;
    const size_t index = (size_t)(page - site->pages.items);
    if (!project->output || !project->output->printed.count || page < site->pages.items || index >= site->pages.count)
        return TEXT("");
    const Text address = text_format(project->arena, "handouts/%.*s.pdf", TEXT_ARG(pdf_names(project)[index]));
    return manifest_find(&project->output->printed, address) ? address : TEXT("");
}
