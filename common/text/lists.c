/* lists.c - rows of the lists that the linker has put beside the code (Makefile: lists.o) */
#include "common/text/lists.h"

#include <stdlib.h>
#include <string.h>

#define LIST_FILE(name) extern const char _binary_##name##_tsv_start[], _binary_##name##_tsv_end[];
LIST_FILE(forms)
LIST_FILE(terms)
LIST_FILE(bare)
LIST_FILE(stop)
LIST_FILE(weights)
LIST_FILE(short)
LIST_FILE(endings)
LIST_FILE(abbreviations)
LIST_FILE(triggers)
LIST_FILE(chronic)
LIST_FILE(sections)
LIST_FILE(tissues)
LIST_FILE(implied)
LIST_FILE(medical)
LIST_FILE(doses)
LIST_FILE(cues)
LIST_FILE(allergies)
LIST_FILE(effects)
LIST_FILE(drugs)
LIST_FILE(families)

static const struct {
    const char *begin, *end;
} files[LIST_MAX] = {
#define LIST_ROW(list, name) [list] = {_binary_##name##_tsv_start, _binary_##name##_tsv_end},
    LIST_ROW(LIST_FORMS, forms) LIST_ROW(LIST_TERMS, terms) LIST_ROW(LIST_BARE, bare)
        LIST_ROW(LIST_STOP, stop) LIST_ROW(LIST_WEIGHTS, weights) LIST_ROW(LIST_SHORT, short)
            LIST_ROW(LIST_ENDINGS, endings) LIST_ROW(LIST_ABBREVIATIONS, abbreviations)
                LIST_ROW(LIST_TRIGGERS, triggers) LIST_ROW(LIST_CHRONIC, chronic)
                    LIST_ROW(LIST_SECTIONS, sections) LIST_ROW(LIST_TISSUES, tissues)
                        LIST_ROW(LIST_IMPLIED, implied) LIST_ROW(LIST_MEDICAL, medical)
                            LIST_ROW(LIST_DOSES, doses) LIST_ROW(LIST_CUES, cues)
                                LIST_ROW(LIST_ALLERGIES, allergies) LIST_ROW(LIST_EFFECTS, effects)
                                    LIST_ROW(LIST_DRUGS, drugs) LIST_ROW(LIST_FAMILIES, families)};

/* list_begin - at the first row */
void list_begin(enum text_list list, struct list_walk *w)
{
    w->left.p = files[list].begin;
    w->left.n = (size_t)(files[list].end - files[list].begin);
}

/* list_number - see lists.h */
double list_number(struct span field)
{
    char number[32] = "";

    memcpy(number, field.p, field.n < sizeof(number) ? field.n : 0);
    return strtod(number, NULL);
}

/* list_next - comments and empty lines are passed over */
bool list_next(struct list_walk *w, struct span fields[LIST_FIELDS])
{
    while (w->left.n) {
        struct span line = span_cut(&w->left, '\n');

        if (!span_trim(line).n || line.p[0] == '#')
            continue;
        for (int i = 0; i < LIST_FIELDS; i++)
            fields[i] = span_trim(span_cut(&line, '\t'));
        return true;
    }
    return false;
}
