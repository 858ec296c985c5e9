/* words.c - what a record's words say of each part of a procedure
 *
 * The words become phrases (common/tables/phrase.h) and stand for a value in several ways: as said,
 * by the body part and device key, by the guidelines of body parts (B4) and of devices (B6). Later
 * ways count only where the earlier ones name no code (pcs/build.c). */
#include "services/coder/pcs/words.h"

#include <stdio.h>
#include <string.h>
#include <strings.h>

#include "common/base/str.h"
#include "common/tables/phrase.h"

/* clang-format off */
/* What surgeons call an approach, and what the tables do. */
static const char *const approaches[][2] = {
    {"LAPAROSCOPIC", "ENDOSCOPIC PERCUTANEOUS"}, {"THORACOSCOPIC", "ENDOSCOPIC PERCUTANEOUS"},
    {"ARTHROSCOPIC", "ENDOSCOPIC PERCUTANEOUS"}, {"APPROACH OPEN", "OPEN"},
    {"APPROACH PERCUTANEOUS", "PERCUTANEOUS"},   {NULL, NULL},
};
/* An operation that is done to look at what it takes (B3.4a). */
static const char *const biopsies[][2] = {
    {"BIOPSY EXCISION", "EXCISION"},       {"BIOPSY EXCISIONAL", "EXCISION"}, {"DIAGNOSTIC EXCISION", "EXCISION"},
    {"BIOPSY DRAINAGE", "DRAINAGE"},       {"DIAGNOSTIC DRAINAGE", "DRAINAGE"},
    {"BIOPSY EXTRACTION", "EXTRACTION"},   {"DIAGNOSTIC EXTRACTION", "EXTRACTION"}, {NULL, NULL},
};
/* Around a body part: the body part (B4.1b). */
static const char *const around[][2] = {
    {"PERIRENAL", "KIDNEY"},     {"PERINEPHRIC", "KIDNEY"},   {"PERIURETHRAL", "URETHRA"},
    {"PERIPROSTATIC", "PROSTATE"}, {"PERIRECTAL", "RECTUM"}, {"PERICOLIC", "LARGE INTESTINE"}, {NULL, NULL},
};
/* Skin and what lies under it over a joint (B4.6). */
static const char *const over_joint[][2] = {
    {"SHOULDER", "UPPER ARM"}, {"ELBOW", "LOWER ARM"}, {"WRIST", "LOWER ARM"}, {"HIP", "UPPER LEG"},
    {"KNEE", "LOWER LEG"},     {"ANKLE", "FOOT"},      {NULL, NULL},
};
/* Where a table has no value for them (B4.7). */
static const char *const digits[][2] = {
    {"FINGER", "HAND"}, {"THUMB", "HAND"}, {"TOE", "FOOT"}, {NULL, NULL},
};
/* Nothing that counts as a device when it stays (B6.1b). */
static const char *const materials[] = {
    "SUTURE", "SUTURES", "LIGATURE", "LIGATURES", "MARKER RADIOLOGICAL", "MARKERS RADIOLOGICAL", "DRAIN WOUND",
    "DRAIN SURGICAL", "DRAIN TEMPORARY WOUND", "NONE", NULL,
};
/* Of several in one joint the one that is coded (B3.10c). */
static const char *const fusing[] = {
    "DEVICE FUSION INTERBODY", "AUTOLOGOUS SUBSTITUTE TISSUE", "NONAUTOLOGOUS SUBSTITUTE TISSUE", NULL,
};
static const char *const arteries[] = {"One Artery", "Two Arteries", "Three Arteries", "Four or More Arteries"};
/* clang-format on */

/* normal - false: said, and too long to be a value */
static bool normal(const char *text, char *out)
{
    out[0] = '\0';
    return !text[0] || phrase_normal(text, strlen(text), out, PCS_PHRASE);
}

/* replaced - a phrase by its row; false: it has none */
static bool replaced(const char *const rows[][2], char *phrase)
{
    for (; rows[0][0]; rows++)
        if (strcmp(phrase, rows[0][0]) == 0) {
            memcpy(phrase, rows[0][1], strlen(rows[0][1]) + 1);
            return true;
        }
    return false;
}

/* add - one more way, a side beside it */
static void add(struct pcs_wanted *w, enum pcs_part part, const char *text, enum pcs_pass pass)
{
    struct pcs_way *way = &w->ways[part][w->n[part]];

    if (w->n[part] == PCS_WAYS || !normal(text, way->phrase) || !way->phrase[0])
        return;
    for (size_t i = 0; i < w->n[part]; i++)
        if (strcmp(w->ways[part][i].phrase, way->phrase) == 0)
            return;
    way->pass = pass;
    w->n[part]++;
}

/* add_site - also with the side that the record gives apart */
static void add_site(struct pcs_wanted *w, const char *text, enum pcs_pass pass)
{
    char with[PCS_PHRASE];

    add(w, PCS_BODY_PART, text, pass);
    if (w->side != 'R' && w->side != 'L')
        return;
    if ((size_t)snprintf(with, sizeof(with), "%s %s", text, w->side == 'R' ? "Right" : "Left") <
        sizeof(with))
        add(w, PCS_BODY_PART, with, pass);
}

/* by_key - what the body part and device key says to use; devices without the systems that they
 * are of ("… in Upper Joints") */
static bool by_key(const struct tables *t, const char *word, int32_t on, char *out)
{
    char key[PCS_PHRASE];
    struct table_row row;
    struct span use;
    const char *end;

    if (!tables_plain_key(span_of(word), key, sizeof(key)) ||
        tables_find(t, TABLE_ICD10PCS_KEY, key, NULL, on, &row) != LOOKUP_FOUND)
        return false;
    use = table_col(&row, "use");
    if (use.n >= PCS_PHRASE)
        return false;
    memcpy(out, use.p, use.n);
    out[use.n] = '\0';
    if ((end = strstr(out, " in ")) || (end = strstr(out, " for ")))
        out[end - out] = '\0';
    return true;
}

/* instead - the site with a word of it put otherwise, as another way */
static void instead(struct pcs_wanted *w, const char *text, const char *const rows[][2],
                    enum pcs_pass pass)
{
    char upper[PCS_PHRASE], other[PCS_PHRASE];

    if (strlen(text) >= sizeof(upper))
        return;
    memcpy(upper, text, strlen(text) + 1);
    str_upper(upper);
    for (; rows[0][0]; rows++) {
        const char *at = strstr(upper, rows[0][0]);
        size_t n = strlen(rows[0][0]);

        if (at && (at == upper || at[-1] == ' ') && (!at[n] || at[n] == ' ' || at[n] == ',') &&
            (size_t)snprintf(other, sizeof(other), "%.*s%s%s", (int)(at - upper), upper, rows[0][1],
                             at + n) < sizeof(other))
            add_site(w, other, pass);
    }
}

/* is_coronary - as said, or by the key */
static bool is_coronary(const char *site)
{
    char phrase[PCS_PHRASE];

    return normal(site, phrase) && strstr(phrase, "CORONARY") && strstr(phrase, "ARTERY");
}

/* coronaries - how many of the sites are coronary arteries, each once; 0: not all are (B4.4) */
static size_t coronaries(const struct pcs_words *words)
{
    size_t n = 1;

    if (!is_coronary(words->body_part))
        return 0;
    for (size_t i = 0; i < words->n_sites; i++) {
        bool again = strcasecmp(words->sites[i], words->body_part) == 0;

        if (!is_coronary(words->sites[i]))
            return 0;
        for (size_t k = 0; k < i; k++)
            again = again || strcasecmp(words->sites[i], words->sites[k]) == 0;
        n += !again;
    }
    return n;
}

/* want_site - the body part */
static void want_site(const struct tables *t, const struct pcs_words *words, int32_t on,
                      struct pcs_wanted *w)
{
    char other[PCS_PHRASE];
    size_t n = coronaries(words);

    w->site = pcs_both_of(words->body_part);
    if (w->site != words->body_part)
        w->side = 'B';
    if (n) {
        snprintf(other, sizeof(other), "Coronary Artery, %s", arteries[(n < 4 ? n : 4) - 1]);
        add(w, PCS_BODY_PART, other, PCS_AS_SAID);
    }
    add_site(w, words->body_part, PCS_AS_SAID);
    if (by_key(t, words->body_part, on, other))
        add_site(w, other, PCS_AS_SAID);
    instead(w, words->body_part, around, PCS_AS_SAID);
    instead(w, words->body_part, over_joint, PCS_OVER_JOINT);
    instead(w, words->body_part, digits, PCS_DIGIT);
}

/* is_material - no device by the guidelines */
static bool is_material(const char *text)
{
    char phrase[PCS_PHRASE];

    return normal(text, phrase) && str_in(phrase, materials);
}

/* fused_by - the device of a joint that is coded, of all that the record names */
static const char *fused_by(const struct pcs_words *words)
{
    for (const char *const *f = fusing; *f; f++)
        for (size_t i = 0; i <= words->n_devices; i++) {
            const char *device = i ? words->devices[i - 1] : words->device;
            char phrase[PCS_PHRASE];

            if (normal(device, phrase) && strcmp(phrase, *f) == 0)
                return device;
        }
    return words->device;
}

/* want_device - what stays */
static void want_device(const struct tables *t, const struct pcs_words *words, int32_t on,
                        struct pcs_wanted *w)
{
    const char *device = words->n_devices ? fused_by(words) : words->device;
    char other[PCS_PHRASE];

    add(w, PCS_DEVICE, is_material(device) ? "No Device" : device, PCS_AS_SAID);
    if (by_key(t, device, on, other))
        add(w, PCS_DEVICE, other, PCS_AS_SAID);
}

/* pcs_want - see words.h */
bool pcs_want(const struct tables *t, const struct pcs_words *words, int32_t on,
              struct pcs_wanted *w)
{
    char phrase[PCS_PHRASE];

    *w = (struct pcs_wanted){.side = words->side, .time_ms = words->time_ms};
    if (!words->operation[0] || !normal(words->operation, phrase))
        return false;
    if (replaced(biopsies, phrase))
        add(w, PCS_QUALIFIER, "Diagnostic", PCS_AS_SAID);
    add(w, PCS_OPERATION, phrase, PCS_AS_SAID);
    want_site(t, words, on, w);
    if (!normal(words->approach, phrase))
        return false;
    replaced(approaches, phrase);
    add(w, PCS_APPROACH, phrase, PCS_AS_SAID);
    want_device(t, words, on, w);
    add(w, PCS_QUALIFIER, words->qualifier, PCS_AS_SAID);
    return true;
}

/* pcs_said - see words.h */
bool pcs_said(const struct pcs_wanted *w, enum pcs_part part)
{
    return w->n[part] > 0 || (part == PCS_BODY_PART && w->site[0]);
}

/* pcs_means - see words.h */
bool pcs_means(const struct pcs_wanted *w, enum pcs_part part, enum pcs_pass pass,
               struct span meaning)
{
    char phrase[PCS_PHRASE];

    if (!phrase_normal(meaning.p, meaning.n, phrase, sizeof(phrase)))
        return false;
    for (size_t i = 0; i < w->n[part]; i++)
        if ((w->ways[part][i].pass == PCS_AS_SAID || w->ways[part][i].pass == pass) &&
            strcmp(w->ways[part][i].phrase, phrase) == 0)
            return true;
    return part == PCS_BODY_PART && w->side == 'B' && pcs_is_both(meaning, w->site);
}
