/* seg_name.c - NM1, N3, N4, REF, PER: the pieces that loops of people and places share */
#include <ctype.h>
#include <string.h>

#include "common/base/str.h"
#include "common/claim/guide.h"

enum {
    LAST_MAX = 60,
    FIRST_MAX = 35,
    MIDDLE_MAX = 25,
    SUFFIX_MAX = 10,
    ID_MAX = 80,
    STREET_MAX = 55
};
enum {
    CITY_MAX = 30,
    ZIP_MAX = 15,
    CONTACT_MAX = 60,
    PHONE_DIGITS = 10,
    PHONE_MAX = 24,
    REF_MAX = 50
};

/* put_name - NM101 to NM107 */
void put_name(struct put *p, const char *entity, bool organization, const CcName *n, bool required)
{
    put_begin(p, "NM1", entity);
    x12_put(&p->w, organization ? "2" : "1");
    if (required)
        put_need(p, 3, n ? n->last : "", LAST_MAX);
    else
        put_text(p, n ? n->last : "", LAST_MAX);
    put_text(p, !organization && n ? n->first : "", FIRST_MAX);
    put_text(p, !organization && n ? n->middle : "", MIDDLE_MAX);
    x12_skip(&p->w, 1);
    put_text(p, !organization && n ? n->suffix : "", SUFFIX_MAX);
}

/* put_npi - NM108 and NM109; an atypical provider has none */
void put_npi(struct put *p, const char *npi)
{
    if (str_empty(npi))
        return;
    x12_put(&p->w, "XX");
    put_text(p, npi, ID_MAX);
}

/* take_name - NM103 to NM107 */
CcName *take_name(struct take *t)
{
    CcName *n = take_new(t, &cc_name__descriptor);

    if (!n)
        return NULL;
    n->last = take_text(t, 3);
    n->first = take_text(t, 4);
    n->middle = take_text(t, 5);
    n->prefix = take_text(t, 6);
    n->suffix = take_text(t, 7);
    return n;
}

/* guide_has_address - is there anything of one? */
size_t guide_has_address(const CcAddress *a)
{
    return a && (a->line1[0] || a->city[0]);
}

/* put_street - N3 */
void put_street(struct put *p, const CcAddress *a)
{
    put_begin(p, "N3", NULL);
    put_need(p, 1, a ? a->line1 : "", STREET_MAX);
    put_text(p, a ? a->line2 : "", STREET_MAX);
    put_end(p);
}

/* is_home - an address in the United States has no country */
static bool is_home(const CcAddress *a)
{
    return !a->country[0] || strcmp(a->country, "US") == 0 || strcmp(a->country, "USA") == 0;
}

/* plain_zip - without hyphen and blanks */
static const char *plain_zip(const char *zip, char out[ZIP_MAX + 1])
{
    size_t n = 0;

    for (; *zip && n < ZIP_MAX; zip++)
        if (isalnum((unsigned char)*zip))
            out[n++] = *zip;
    out[n] = '\0';
    return out;
}

/* put_city - N4; a state is two letters and only where there are states. Without an address N3 has
 * said so. */
void put_city(struct put *p, const CcAddress *a)
{
    char zip[ZIP_MAX + 1];

    if (!a)
        return;
    put_begin(p, "N4", NULL);
    put_need(p, 1, a->city, CITY_MAX);
    put_text(p, strlen(a->state) == 2 ? a->state : "", 2);
    put_text(p, plain_zip(a->zip, zip), ZIP_MAX);
    put_text(p, is_home(a) ? "" : a->country, 3);
    put_end(p);
}

/* take_address - the message, made at the first segment of it */
static CcAddress *take_address(struct take *t, CcAddress **a)
{
    if (!*a)
        *a = take_new(t, &cc_address__descriptor);
    return *a;
}

/* take_street - N3 */
void take_street(struct take *t, CcAddress **a)
{
    if (!take_address(t, a))
        return;
    (*a)->line1 = take_text(t, 1);
    (*a)->line2 = take_text(t, 2);
}

/* take_city - N4 */
void take_city(struct take *t, CcAddress **a)
{
    if (!take_address(t, a))
        return;
    (*a)->city = take_text(t, 1);
    (*a)->state = take_text(t, 2);
    (*a)->zip = take_text(t, 3);
    (*a)->country = take_text(t, 4);
}

/* put_digits - next element: at most max digits of a text */
static void put_digits(struct put *p, const char *s, size_t n, size_t max)
{
    char out[PHONE_MAX + 1];
    size_t k = 0;

    for (size_t i = 0; i < n && k < max; i++)
        if (isdigit((unsigned char)s[i]))
            out[k++] = s[i];
    out[k] = '\0';
    x12_put(&p->w, out);
}

/* phone_length - bytes of a phone that hold its ten digits; a leading 1 or +1 is the country's */
static size_t phone_length(const char *s)
{
    size_t i = 0, digits = 0;

    for (; s[i] && digits < PHONE_DIGITS; i++)
        digits += isdigit((unsigned char)s[i]) != 0;
    return i;
}

/* put_contact - PER; digits behind the tenth are the extension (billing §1.5) */
void put_contact(struct put *p, const char *name, const char *phone, const char *extension)
{
    const char *number = phone + strspn(phone, "+1 (-");
    const size_t n = phone_length(number);

    if (str_empty(extension))
        extension = number + n;
    put_begin(p, "PER", "IC");
    put_text(p, name, CONTACT_MAX);
    x12_put(&p->w, "TE");
    put_digits(p, number, n, PHONE_DIGITS);
    if (extension[strcspn(extension, "0123456789")]) {
        x12_put(&p->w, "EX");
        put_digits(p, extension, strlen(extension), PHONE_DIGITS);
    }
    put_end(p);
}

/* take_contact - PER of a provider: name, TE and EX */
void take_contact(struct take *t, CcProvider *provider)
{
    provider->contact = take_text(t, 2);
    for (unsigned n = 3; n < 9; n += 2) {
        if (take_is(t, n, "TE"))
            provider->phone = take_text(t, n + 1);
        else if (take_is(t, n, "EX"))
            provider->phone_extension = take_text(t, n + 1);
    }
}

/* street_write - N3 of the provider in hand */
void street_write(struct put *p, const struct seg *r, size_t i)
{
    (void)r, (void)i;
    put_street(p, p->provider->address);
}

/* city_write - N4 of the provider in hand */
void city_write(struct put *p, const struct seg *r, size_t i)
{
    (void)r, (void)i;
    put_city(p, p->provider->address);
}

/* street_read - N3 of the provider in hand */
void street_read(struct take *t, const struct seg *r)
{
    (void)r;
    take_street(t, &t->provider->address);
}

/* city_read - N4 of the provider in hand */
void city_read(struct take *t, const struct seg *r)
{
    (void)r;
    take_city(t, &t->provider->address);
}

/* guide_id_at - the i-th number of a type; NULL: no more */
const CcIdentifier *guide_id_at(CcIdentifier *const *list, size_t n, const char *type, size_t i)
{
    for (size_t k = 0; k < n; k++)
        if (strcmp(list[k]->type, type) == 0 && i-- == 0)
            return list[k];
    return NULL;
}

/* guide_id_count - how many numbers of a type */
size_t guide_id_count(CcIdentifier *const *list, size_t n, const char *type)
{
    size_t found = 0;

    while (guide_id_at(list, n, type, found))
        found++;
    return found;
}

/* put_id - REF of a number */
void put_id(struct put *p, const CcIdentifier *id)
{
    put_begin(p, "REF", id->type);
    put_key(p, 2, id->value, REF_MAX);
    put_end(p);
}

/* take_id - REF; NULL: the arena is full */
CcIdentifier *take_id(struct take *t)
{
    CcIdentifier *id = take_new(t, &cc_identifier__descriptor);

    if (!id)
        return NULL;
    id->type = take_text(t, 1);
    id->value = take_text(t, 2);
    return id;
}
