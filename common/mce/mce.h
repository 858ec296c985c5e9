/* mce.h - the Medicare Code Editor: an acute stay and an edition of its tables in, the edits that
 * fire out, each with the code and the flag that fired it.
 *
 * Pure: no I/O, no clock. An edition is made once from the rows of the table mce and then never
 * changes; any number of threads may ask it. The day of discharge chooses rows, ages and statuses,
 * so that what was switched off (sex, since 2024-10-01) is off by the tables' own dates. Edits 7,
 * 10, 12 and 13 cannot fire on ICD-10 and are not here. Codes are plain: upper case, no dot. */
#ifndef CC_MCE_MCE_H
#define CC_MCE_MCE_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#include "common/base/err.h"
#include "common/base/str.h"

/* Flags of a diagnosis or PCS code; one bit each. */
enum {
    MCE_NEWBORN = 1 << 0,
    MCE_PEDIATRIC = 1 << 1,
    MCE_MATERNITY = 1 << 2,
    MCE_ADULT = 1 << 3,
    MCE_MALE = 1 << 4,
    MCE_FEMALE = 1 << 5,
    MCE_EXTERNAL = 1 << 6,
    MCE_MANIFESTATION = 1 << 7,
    MCE_QUESTIONABLE = 1 << 8,
    MCE_UNACCEPTABLE = 1 << 9,
    MCE_NEEDS_SECOND = 1 << 10,
    MCE_UNSPECIFIED = 1 << 11,
    MCE_WRONG_PROCEDURE = 1 << 12,
    MCE_DELIVERY_OUTCOME = 1 << 13,
    MCE_DIABETES_1 = 1 << 14,
    MCE_TRIAL = 1 << 15,
    MCE_NONCOVERED = 1 << 16,
    MCE_LIMITED = 1 << 17,
    MCE_STAY = 1 << 18,
    MCE_CESAREAN = 1 << 19,
    MCE_VAGINAL = 1 << 20,
    MCE_KIDNEY = 1 << 21,
    MCE_NCOV45 = 1 << 22,
    MCE_NCOV_OVER_60 = 1 << 23,
    MCE_NCOV6 = 1 << 24,
    MCE_NCOV7 = 1 << 25,
    MCE_NCOV_Z302 = 1 << 26,
    MCE_HEART_A = 1 << 27,
    MCE_HEART_B = 1 << 28,
};
/* What an edit says, by its number: "invalid code"; "" for one that never fires on ICD-10. */
const char *mce_edit_name(unsigned edit);
/* As the tables write it; "" for none (0) or several. */
const char *mce_flag_name(uint32_t flag);
/* Words with commas between to bits; words that no edit reads are none. */
uint32_t mce_flags_of(struct span words);

struct mce;

enum mce_list { MCE_DX, MCE_PX, MCE_LISTS };

struct mce *mce_new(void);    /* NULL: out of memory */
void mce_free(struct mce *m); /* accepts NULL */
size_t mce_bytes(const struct mce *m);

/* Making: rows in any order, then mce_finish. `to` 0: without end. ERR_REJECT "mce": no code, no
 * age group, no status; ERR_RETRY "memory". */
int mce_add_code(struct mce *m, enum mce_list list, struct span code, int32_t from, int32_t to,
                 struct span flags, struct err *e);
int mce_add_age(struct mce *m, struct span group, int low, int high, int32_t from, int32_t to,
                struct err *e);
int mce_add_status(struct mce *m, struct span status, int32_t from, int32_t to, struct err *e);
/* The list holds every code of its system: one that is not there is invalid. */
void mce_all_codes(struct mce *m, enum mce_list list);
int mce_finish(struct mce *m, struct err *e);

/* A code on a day: false: the list has no row of it. */
bool mce_code(const struct mce *m, enum mce_list list, const char *code, int32_t on,
              uint32_t *flags);

/* --- Rules by themselves, for who judges one code or one field. */

/* Unknown sex is valid from this discharge (15); a stay is a long one from so many days on (19). */
enum { MCE_UNKNOWN_SEX_FROM = 20241001, MCE_LONG_STAY = 5 };

/* Of all codes of a stay together. */
struct mce_all {
    uint32_t dx, px; /* flags */
    int age;         /* years at admission; -1: unknown */
};

/* Each gives the flag that fires, 0: none. A procedure that is never paid (11); one that is under
 * conditions, where it is not never paid (17). */
uint32_t mce_not_covered(uint32_t flags, const struct mce_all *all);
uint32_t mce_limited(uint32_t flags, const struct mce_all *all);
/* A principal diagnosis that may not be one, or not alone (9). */
uint32_t mce_unacceptable(uint32_t flags, bool has_secondary);
/* The first age group of a diagnosis that the age is outside of on that day (4), and its ages. */
uint32_t mce_age_conflict(const struct mce *m, uint32_t flags, int age, int32_t on, int *low,
                          int *high);
/* Is it a discharge status of the day (16)? An edition without any judges none. */
bool mce_status_valid(const struct mce *m, int status, int32_t on);

enum mce_sex { MCE_SEX_INVALID, MCE_SEX_UNKNOWN, MCE_SEX_MALE, MCE_SEX_FEMALE };

enum { MCE_CODES_MAX = 200 }; /* of each list */

struct mce_stay {
    const char *const *dx; /* the principal first ("": none), then the secondary ones */
    size_t n_dx;           /* at least 1 */
    const char *const *px;
    size_t n_px;
    enum mce_sex sex;
    int age;    /* years at admission; -1: unknown */
    int status; /* discharge status; -1: none */
    int days;   /* from admission to discharge; -1: unknown */
    int32_t discharge;
};

enum mce_of { MCE_OF_CLAIM, MCE_OF_DX, MCE_OF_PX };

struct mce_hit {
    unsigned edit; /* CMS's number, 1 to 20 */
    enum mce_of of;
    size_t index;  /* in dx or px */
    uint32_t flag; /* what fired it; 0: no flag does (1, 3, 14, 15, 16) */
};

enum { MCE_HITS_MAX = MCE_CODES_MAX * 8 + 3 };

/* All hits, into room for MCE_HITS_MAX; returns how many. Each place of a code is judged by itself,
 * so that equal codes are as many hits. ERR_REJECT "size": more than MCE_CODES_MAX codes; returns
 * -1 then. */
int mce_check(const struct mce *m, const struct mce_stay *s, struct mce_hit *out, struct err *e);

#endif
