/* stream.c - a file's bytes as they are asked for */
#include "services/cleanclaim/stream.h"

#include <string.h>
#include <sys/mman.h>

enum { STEP = 1 << 20, PAGE = 4096 };

/* What a pipe or a .gz may bring: address space only. */
static const size_t unknown_most[] = {(size_t)16 << 30, (size_t)1 << 30};

/* reserve - address space; NULL: none */
static char *reserve(size_t n)
{
    void *p =
        mmap(NULL, n, PROT_READ | PROT_WRITE, MAP_PRIVATE | MAP_ANONYMOUS | MAP_NORESERVE, -1, 0);

    return p == MAP_FAILED ? NULL : p;
}

/* cmd_stream_open - see stream.h */
bool cmd_stream_open(struct cmd_stream *s, const char *name, size_t most,
                     ssize_t (*read)(void *source, void *p, size_t n), void *source)
{
    *s = (struct cmd_stream){.name = name, .read = read, .source = source};
    for (int i = 0; !s->base && i < 2; i++) {
        s->reserved = (most ? most : unknown_most[i]) + PAGE;
        s->base = reserve(s->reserved);
    }
    s->data = s->base;
    return s->base != NULL;
}

/* cmd_stream_close - the pages go back to the system, which clears them */
void cmd_stream_close(struct cmd_stream *s)
{
    if (s->base)
        munmap(s->base, s->reserved);
    s->base = NULL;
}

/* give_back - whole pages before what is kept */
static void give_back(struct cmd_stream *s)
{
    const size_t to = s->keep / PAGE * PAGE;

    if (to < s->given_back + STEP)
        return;
    madvise(s->base + s->given_back, to - s->given_back, MADV_DONTNEED);
    s->given_back = to;
}

/* cmd_stream_fill - see stream.h */
size_t cmd_stream_fill(void *stream, size_t at)
{
    struct cmd_stream *s = stream;
    const size_t room = s->reserved - PAGE - s->size;
    ssize_t n = 0;

    (void)at;
    give_back(s);
    if (!s->ended && room)
        n = s->read(s->source, s->base + s->size, room < STEP ? room : STEP);
    s->failed |= n < 0;
    s->ended |= n <= 0;
    s->size += n > 0 ? (size_t)n : 0;
    return s->size;
}

/* cmd_stream_whole - see stream.h */
bool cmd_stream_whole(struct cmd_stream *s, size_t limit)
{
    while (!s->ended && s->size <= limit)
        cmd_stream_fill(s, 0);
    return !s->failed && s->size <= limit;
}
