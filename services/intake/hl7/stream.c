/* stream.c - a stream of bytes cut into messages
 *
 * A message begins at a line "MSH" and its separator. FHS, BHS and what else stands in front of an
 * MSH since the last message ended belong to the message that follows; BTS and FTS to the one
 * before. */
#include "services/intake/hl7/stream.h"

#include <stdlib.h>
#include <string.h>

#include "services/intake/hl7/charset.h"
#include "services/intake/hl7/reader.h"
#include "services/intake/note.h"
#include "services/intake/seen.h"

enum { START_BLOCK = 0x0b, END_BLOCK = 0x1c, REMEMBERED = 65536 };

struct cutter {
    struct span s;
    struct hl7_piece *pieces;
    size_t n, room;
    size_t lead; /* where the next piece begins, if an MSH follows; SIZE_MAX: where it stands */
    bool lead_framed;
    bool in_file, in_batch, utf8;
    int64_t messages, batches; /* in the batch, in the file */
    bool failed;
};

/* last - the piece in hand, or NULL */
static struct hl7_piece *last(struct cutter *c)
{
    return c->n ? &c->pieces[c->n - 1] : NULL;
}

/* with_bom - where a line begins, its BOM included */
static size_t with_bom(const struct cutter *c, size_t at)
{
    return at >= 3 && at != SIZE_MAX && charset_bom((struct span){c->s.p + at - 3, 3}) ? at - 3
                                                                                       : at;
}

/* add_piece - a message begins; what led to it is its own */
static void add_piece(struct cutter *c, size_t at)
{
    size_t from = c->n == 0 ? 0 : c->lead != SIZE_MAX ? c->lead : with_bom(c, at);

    if (c->n == c->room) {
        size_t room = c->room ? c->room * 2 : 16;
        void *grown = realloc(c->pieces, room * sizeof(*c->pieces));

        if (!grown) {
            c->failed = true;
            return;
        }
        c->pieces = grown;
        c->room = room;
    }
    if (c->n)
        last(c)->to = from;
    c->pieces[c->n++] = (struct hl7_piece){
        .from = from, .to = c->s.n, .msh = at, .framed = c->lead_framed, .utf8 = c->utf8};
    c->lead = SIZE_MAX;
    c->lead_framed = false;
    c->messages++;
}

/* flaw - at the message in hand */
static void flaw(struct cutter *c, const char *segment, const char *text)
{
    struct hl7_piece *p = last(c);

    if (p && p->n_flaws < HL7_FLAWS_MAX)
        p->flaws[p->n_flaws++] = (struct hl7_batch_flaw){segment, text};
}

/* count_of - the first field of a trailer; false: none given */
static bool count_of(struct span line, int64_t *out)
{
    char text[20] = "";
    size_t n = 4;

    while (n < line.n && line.p[n] != line.p[3])
        n++;
    if (n <= 4 || n - 4 >= sizeof(text))
        return false;
    memcpy(text, line.p + 4, n - 4);
    return str_to_i64(text, out);
}

/* end_batch - BTS-1 is the number of its messages */
static void end_batch(struct cutter *c, struct span line)
{
    int64_t said;

    if (count_of(line, &said) && said != c->messages)
        flaw(c, "BTS", "BTS-1 is not the number of messages in the batch");
    c->in_batch = false;
    c->batches++;
    c->messages = 0;
}

/* end_file - FTS-1 is the number of its batches */
static void end_file(struct cutter *c, struct span line)
{
    int64_t said;

    if (count_of(line, &said) && said != c->batches)
        flaw(c, "FTS", "FTS-1 is not the number of batches in the file");
    if (c->in_batch)
        flaw(c, "BHS", "a batch without its BTS");
    c->in_file = c->in_batch = false;
    c->batches = c->messages = 0;
}

/* take_envelope - a header leads to the next message, a trailer ends what came */
static void take_envelope(struct cutter *c, const char *name, struct span line, size_t at)
{
    bool header = strcmp(name + 1, "HS") == 0;

    if (header && c->lead == SIZE_MAX)
        c->lead = with_bom(c, at);
    if (strcmp(name, "BTS") == 0) {
        end_batch(c, line);
    } else if (strcmp(name, "FTS") == 0) {
        end_file(c, line);
    } else if (strcmp(name, "BHS") == 0) {
        c->in_batch = true;
        c->messages = 0;
    } else {
        c->in_file = true;
        c->batches = c->messages = 0;
    }
}

/* take_frames - the framing bytes between two lines */
static void take_frames(struct cutter *c, size_t from, size_t to)
{
    for (size_t i = from; i < to; i++) {
        if (c->s.p[i] == START_BLOCK) {
            c->lead = i;
            c->lead_framed = true;
        } else if (c->s.p[i] == END_BLOCK && last(c) && !c->lead_framed) {
            last(c)->closed = true;
            c->lead = i + 1;
        }
    }
}

/* take_line - MSH, envelope, or part of what is in hand */
static void take_line(struct cutter *c, struct span line)
{
    size_t at = (size_t)(line.p - c->s.p);
    char name[4];

    c->utf8 = c->utf8 || with_bom(c, at) != at;
    if (!hl7_is_segment(line, name))
        return;
    if (strcmp(name, "MSH") == 0)
        add_piece(c, at);
    else if (hl7_is_envelope(name))
        take_envelope(c, name, line, at);
}

/* close_stream - what stayed open */
static void close_stream(struct cutter *c)
{
    if (c->in_batch)
        flaw(c, "BHS", "a batch without its BTS");
    if (c->in_file)
        flaw(c, "FHS", "a file without its FTS");
    if (c->n)
        last(c)->to = c->s.n;
}

/* hl7_cut - see stream.h */
struct hl7_piece *hl7_cut(struct span stream, size_t *n)
{
    struct cutter c = {.s = stream, .lead = SIZE_MAX, .utf8 = charset_bom(stream)};
    struct hl7_line line;
    size_t at = 0, before = 0;

    while (!c.failed && hl7_next_line(stream, &at, &line)) {
        take_frames(&c, before, (size_t)(line.text.p - stream.p));
        take_line(&c, line.text);
        before = (size_t)(line.text.p - stream.p) + line.text.n;
    }
    take_frames(&c, before, stream.n);
    if (c.n == 0 && !c.failed) {
        add_piece(&c, SIZE_MAX);
        if (c.n)
            c.pieces[0].framed = false;
    }
    close_stream(&c);
    if (c.failed) {
        free(c.pieces);
        return NULL;
    }
    *n = c.n;
    return c.pieces;
}

/* File offsets of a text that was UTF-16: each character took one or two units of two bytes. */
struct offsets {
    bool utf16;
    size_t done;     /* in the UTF-8 text */
    uint64_t offset; /* in the file */
};

/* offset_of - in the file, of a place in the text; places come in rising order */
static uint64_t offset_of(struct offsets *o, struct span text, size_t place)
{
    if (!o->utf16)
        return place;
    for (; o->done < place; o->done++) {
        unsigned char c = (unsigned char)text.p[o->done];

        if ((c & 0xc0) != 0x80)
            o->offset += c >= 0xf0 ? 4 : 2;
    }
    return o->offset;
}

/* tell_duplicate - the same message came before in this file */
static void tell_duplicate(struct arena *a, struct seen *seen, const struct intake_result *r)
{
    for (size_t i = 0; i < r->n; i++)
        if (!r->refused && !seen_add(seen, r->events[i]->event_id))
            note_problem(a, r->events[i], NOTE_SEVERITY_NOTED, NOTE_DUPLICATE_ENTRY, "MSH[1]",
                         "the same message came before; it is one event");
}

/* each_piece - in order, to the sink */
static int each_piece(const struct intake_conf *conf, struct arena *a,
                      const struct intake_input *file, struct span text, struct offsets *o,
                      intake_sink sink, void *arg, struct err *e)
{
    size_t n = 0;
    struct hl7_piece *pieces = hl7_cut(text, &n);
    struct seen *seen = seen_new(REMEMBERED);
    struct intake_input in = *file;
    struct intake_result r;
    int result = 0;

    if (!pieces || !seen)
        result = err_set(e, ERR_RETRY, "memory", "no memory to cut the file");
    for (size_t i = 0; result == 0 && i < n; i++) {
        struct hl7_piece *p = &pieces[i];

        p->utf8 = p->utf8 || o->utf16;
        in.bytes = text.p + p->from;
        in.n = p->to - p->from;
        in.message = (file->message ? file->message : 1) + (uint32_t)i;
        in.offset = file->offset + offset_of(o, text, p->msh == SIZE_MAX ? p->from : p->msh);
        arena_reset(a);
        result = hl7_one(conf, a, &in, p, &r, e);
        if (result == 0) {
            tell_duplicate(a, seen, &r);
            result = sink(arg, &r, e);
        }
    }
    seen_free(seen);
    free(pieces);
    return result ? -1 : 0;
}

/* intake_hl7_each - see intake.h */
int intake_hl7_each(const struct intake_conf *conf, struct arena *a,
                    const struct intake_input *file, intake_sink sink, void *arg, struct err *e)
{
    struct span raw = {file->bytes, file->n};
    const char *utf16 = charset_utf16(raw);
    struct offsets o = {.utf16 = utf16 != NULL, .offset = 0};
    struct buf text;
    int result;

    if (!utf16)
        return each_piece(conf, a, file, raw, &o, sink, arg, e);
    if ((unsigned char)raw.p[0] >= 0xfe)
        o.offset = 2;
    buf_init(&text);
    charset_from_utf16(utf16, raw, &text);
    if (text.failed)
        result = err_set(e, ERR_RETRY, "memory", "no memory to read the file");
    else
        result = each_piece(conf, a, file, (struct span){text.data, text.len}, &o, sink, arg, e);
    buf_wipe(&text);
    return result;
}
