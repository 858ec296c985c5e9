/* sections.h - the part of a note that a sentence stands in (coding §4.5) */
#ifndef CC_TEXT_SECTIONS_H
#define CC_TEXT_SECTIONS_H

#include <stdbool.h>

enum text_section {
    SECTION_NONE,
    SECTION_ASSESSMENT,
    SECTION_COURSE,
    SECTION_HPI,
    SECTION_COMPLAINT,
    SECTION_PMH,
    SECTION_PSH,
    SECTION_PROBLEMS,
    SECTION_FAMILY,
    SECTION_SOCIAL,
    SECTION_ALLERGIES,
    SECTION_MEDS,
    SECTION_ROS,
    SECTION_EXAM,
    SECTION_RESULTS,
    SECTION_PROCEDURE,
    SECTION_INSTRUCTIONS,
    SECTION_SIGNATURE,
    SECTION_MAX
};

struct reader;

/* Gives each sentence its section by the headers of lists/sections.tsv. A header stands at a line's
 * beginning, has six words or fewer, and ends with a colon or is a line of capitals. One that is
 * not known goes on with the section before it; but what is said of other people or of what may
 * come ends at one in capitals, and at an empty line. false: the arena is full. */
bool sections_mark(struct reader *r);

#endif
