/* level.c - elements, levels and families of codes */
#include "services/coder/em/em.h"

#include <string.h>

enum { OFFICE_RULES = 20210101, ALL_RULES = 20230101, NURSING_TIMES = 20240101, STEP = 15 };

/* clang-format off */
/* Minutes that have to be met (AMA CPT 2021, 2023, 2024). */
static const struct em_family families[] = {
    {{NULL, "99202", "99203", "99204", "99205"}, {0, 15, 30, 45, 60}, OFFICE_RULES, 0, 'Y'},
    {{NULL, "99212", "99213", "99214", "99215"}, {0, 10, 20, 30, 40}, OFFICE_RULES, 0, 'N'},
    {{NULL, "99242", "99243", "99244", "99245"}, {0, 20, 30, 40, 55}, ALL_RULES, 0, 0},
    {{NULL, "99252", "99253", "99254", "99255"}, {0, 35, 45, 60, 80}, ALL_RULES, 0, 0},
    {{NULL, "99221", "99221", "99222", "99223"}, {0, 40, 40, 55, 75}, ALL_RULES, 0, 0},
    {{NULL, "99231", "99231", "99232", "99233"}, {0, 25, 25, 35, 50}, ALL_RULES, 0, 0},
    {{NULL, "99234", "99234", "99235", "99236"}, {0, 45, 45, 70, 85}, ALL_RULES, 0, 0},
    {{NULL, "99282", "99283", "99284", "99285"}, {0, 0, 0, 0, 0},     ALL_RULES, 0, 0},
    {{NULL, "99304", "99304", "99305", "99306"}, {0, 25, 25, 35, 45}, ALL_RULES, 20231231, 0},
    {{NULL, "99304", "99304", "99305", "99306"}, {0, 25, 25, 35, 50}, NURSING_TIMES, 0, 0},
    {{NULL, "99307", "99308", "99309", "99310"}, {0, 10, 15, 30, 45}, ALL_RULES, 20231231, 0},
    {{NULL, "99307", "99308", "99309", "99310"}, {0, 10, 20, 30, 45}, NURSING_TIMES, 0, 0},
    {{NULL, "99341", "99342", "99344", "99345"}, {0, 15, 30, 60, 75}, ALL_RULES, 0, 'Y'},
    {{NULL, "99347", "99348", "99349", "99350"}, {0, 20, 30, 40, 60}, ALL_RULES, 0, 'N'},
};

/* What one problem of a kind reaches by itself. */
static const enum em_level one[EM_PROBLEMS] = {
    [EM_MINOR] = EM_STRAIGHTFORWARD,  [EM_CHRONIC_STABLE] = EM_LOW,        [EM_ACUTE_SIMPLE] = EM_LOW,
    [EM_ACUTE_HOSPITAL] = EM_LOW,     [EM_CHRONIC_WORSE] = EM_MODERATE,    [EM_UNDIAGNOSED] = EM_MODERATE,
    [EM_ACUTE_SYSTEMIC] = EM_MODERATE, [EM_INJURY_COMPLICATED] = EM_MODERATE,
    [EM_CHRONIC_SEVERE] = EM_HIGH,    [EM_THREAT] = EM_HIGH,
};
/* clang-format on */

/* Prolonged services: added to the highest code of a family, minutes from which the first unit of
 * fifteen counts (AMA; CMS fee schedule final rules 2021 and 2023). */
static const struct {
    const char *primary, *added;
    int64_t first;
    bool medicare;
} prolonged[] = {
    {"99205", "99417", 75, false}, {"99215", "99417", 55, false}, {"99245", "99417", 70, false},
    {"99345", "99417", 90, false}, {"99350", "99417", 75, false}, {"99483", "99417", 75, false},
    {"99223", "99418", 90, false}, {"99233", "99418", 65, false}, {"99236", "99418", 100, false},
    {"99255", "99418", 95, false}, {"99306", "99418", 65, false}, {"99310", "99418", 60, false},
    {"99205", "G2212", 89, true},  {"99215", "G2212", 69, true},  {"99483", "G2212", 100, true},
    {"99223", "G0316", 90, true},  {"99233", "G0316", 65, true},  {"99236", "G0316", 110, true},
    {"99306", "G0317", 95, true},  {"99310", "G0317", 85, true},  {"99345", "G0318", 140, true},
    {"99350", "G0318", 110, true},
};

/* problems_reach - two of a lesser kind may reach the next */
static enum em_level problems_reach(const struct em_facts *f)
{
    enum em_level best = EM_NONE;

    for (int i = 0; i < EM_PROBLEMS; i++)
        if (f->problems[i] && one[i] > best)
            best = one[i];
    if (f->problems[EM_MINOR] >= 2 && best < EM_LOW)
        best = EM_LOW;
    if (f->problems[EM_CHRONIC_STABLE] >= 2 && best < EM_MODERATE)
        best = EM_MODERATE;
    return best;
}

/* data_reach - none or minimal is straightforward */
static enum em_level data_reach(const struct em_facts *f)
{
    bool items = f->items + f->historian >= 3;
    int categories = items + f->interpretation + f->discussion;

    if (categories >= 2)
        return EM_HIGH;
    if (categories == 1)
        return EM_MODERATE;
    return f->items >= 2 || f->historian ? EM_LOW : EM_STRAIGHTFORWARD;
}

/* second - the second highest of three: what two of them reach */
static enum em_level second(enum em_level a, enum em_level b, enum em_level c)
{
    enum em_level low = a < b ? a : b, high = a < b ? b : a;

    return c <= low ? low : c < high ? c : high;
}

/* em_mdm - see em.h; without problems and risk nothing is documented */
struct em_mdm em_mdm(const struct em_facts *f)
{
    struct em_mdm m = {problems_reach(f), data_reach(f), f->risk, EM_NONE};

    if (m.problems != EM_NONE || m.risk != EM_NONE)
        m.reached = second(m.problems, m.data, m.risk);
    return m;
}

/* em_level_name - in words */
const char *em_level_name(enum em_level l)
{
    static const char *const names[EM_LEVELS] = {"not documented", "straightforward", "low",
                                                 "moderate", "high"};

    return names[l];
}

/* em_family_of - see em.h */
const struct em_family *em_family_of(const char *code, int32_t on, enum em_level *level)
{
    for (size_t i = 0; i < sizeof(families) / sizeof(families[0]); i++)
        for (int l = EM_HIGH; l >= EM_STRAIGHTFORWARD; l--)
            if (strcmp(families[i].codes[l], code) == 0 && families[i].from <= on &&
                (!families[i].to || on <= families[i].to)) {
                *level = (enum em_level)l;
                return &families[i];
            }
    return NULL;
}

/* em_other_patients - the two stand beside each other */
const struct em_family *em_other_patients(const struct em_family *f)
{
    return f->patient == 'Y' ? f + 1 : f - 1;
}

/* em_by_time - the highest whose minutes are met */
enum em_level em_by_time(const struct em_family *f, int64_t minutes)
{
    int l = EM_HIGH;

    while (l > EM_NONE && (!f->minutes[l] || minutes < f->minutes[l]))
        l--;
    return (enum em_level)l;
}

/* em_missing - two elements have to reach the next level: those that do not are named */
const char *em_missing(const struct em_mdm *m, enum em_level next)
{
    static const char *const texts[] = {"",
                                        "risk of management",
                                        "data reviewed and analyzed",
                                        "data reviewed and analyzed, or risk of management",
                                        "problems addressed",
                                        "problems addressed, or risk of management",
                                        "problems addressed, or data reviewed and analyzed",
                                        "two of problems, data and risk"};
    unsigned lacks = (m->problems < next) * 4u + (m->data < next) * 2u + (m->risk < next) * 1u;

    return next < EM_LEVELS && m->reached < next ? texts[lacks] : "";
}

/* em_prolonged_units - each further fifteen minutes in full */
int64_t em_prolonged_units(const char *primary, const char *added, int64_t minutes)
{
    for (size_t i = 0; i < sizeof(prolonged) / sizeof(prolonged[0]); i++)
        if (strcmp(prolonged[i].primary, primary) == 0 && strcmp(prolonged[i].added, added) == 0)
            return minutes < prolonged[i].first ? 0 : (minutes - prolonged[i].first) / STEP + 1;
    return -1;
}

/* em_prolonged_code - see em.h */
const char *em_prolonged_code(const char *primary, bool medicare)
{
    for (size_t i = 0; i < sizeof(prolonged) / sizeof(prolonged[0]); i++)
        if (strcmp(prolonged[i].primary, primary) == 0 && prolonged[i].medicare == medicare)
            return prolonged[i].added;
    return NULL;
}

/* em_prolonged_kind - see em.h */
char em_prolonged_kind(const char *code)
{
    for (size_t i = 0; i < sizeof(prolonged) / sizeof(prolonged[0]); i++)
        if (strcmp(prolonged[i].added, code) == 0)
            return prolonged[i].medicare ? 'M' : 'A';
    return 0;
}

/* em_critical_units - of 99292: after 74 minutes; Medicare wants the half hour full */
int64_t em_critical_units(int64_t minutes, bool medicare)
{
    if (minutes < 75)
        return 0;
    return medicare ? (minutes - 74) / 30 : (minutes - 75) / 30 + 1;
}

/* em_preventive - last digit by age: under 1, 1-4, 5-11, 12-17, 18-39, 40-64, 65 and over */
const char *em_preventive(const char *code, int age)
{
    static const int until[] = {0, 4, 11, 17, 39, 64, 1000};
    static const char *const codes[2][7] = {
        {"99381", "99382", "99383", "99384", "99385", "99386", "99387"},
        {"99391", "99392", "99393", "99394", "99395", "99396", "99397"}};

    for (int family = 0; family < 2; family++)
        for (int i = 0; i < 7; i++)
            if (strcmp(codes[family][i], code) == 0)
                for (int k = 0; k < 7; k++)
                    if (age >= 0 && age <= until[k])
                        return codes[family][k];
    return NULL;
}
