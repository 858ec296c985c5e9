/* infusion.h - injections and infusions of a day: which codes, how often, from when to when
 *
 * AMA CPT 96360-96417 and CMS claims manual ch. 4, 230.2: one initial service a day and side of the
 * bill; in a facility by rank (chemotherapy infusion, its push, therapeutic infusion, push,
 * hydration), whatever was given first; the rest is added to it. An infusion has more than 15
 * minutes, without an end it is a push; further hours count past their middle; hydration has more
 * than 30 minutes and none beside another infusion. Pure. */
#ifndef CC_CODER_INFUSION_INFUSION_H
#define CC_CODER_INFUSION_INFUSION_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

enum infusion_kind { INFUSION_CHEMO, INFUSION_THERAPY, INFUSION_HYDRATION, INFUSION_KINDS };
enum infusion_way { INFUSION_VEIN, INFUSION_MUSCLE };

/* One administration. */
struct infusion {
    enum infusion_kind kind;
    enum infusion_way way;
    const char *drug;         /* equal texts: the same drug */
    int64_t start_ms, end_ms; /* end 0: none documented */
};

enum { INFUSION_MAX = 64, INFUSION_CODES = 16 };

struct infusion_line {
    const char *code;
    int64_t units;
};

/* The lines of a day, at most INFUSION_CODES; returns how many. In an office the reason of the
 * visit chooses the initial service: false where the kinds differ and nobody can tell. */
bool infusion_lines(const struct infusion *list, size_t n, bool facility,
                    struct infusion_line out[INFUSION_CODES], size_t *count);
/* Is the code one of those that infusion_lines may give? */
bool infusion_code(const char *code);

#endif
