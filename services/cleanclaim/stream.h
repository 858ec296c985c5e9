/* stream.h - a file's bytes as they are asked for, at addresses that do not change.
 *
 * The addresses are reserved for the whole file, memory is used only for what has been read and is
 * not yet given back: that of a batch of any size stays small, and nothing of it is written to a
 * disk. Files, archives and pipes alike. */
#ifndef CC_CLEANCLAIM_STREAM_H
#define CC_CLEANCLAIM_STREAM_H

#include <stdbool.h>
#include <stddef.h>
#include <sys/types.h>

struct cmd_stream {
    const char *name; /* as shown */
    const char *data; /* always followed by a zero byte */
    size_t size;      /* bytes read so far */
    size_t keep;      /* the user's: bytes before it are not looked at again */
    /* private */
    char *base;
    size_t reserved, given_back;
    bool ended, failed;
    ssize_t (*read)(void *source, void *p, size_t n); /* 0: the end, -1: damaged */
    void *source;
};

/* Reads from `source`; `most` bytes at most (0: not known). false: no address space. */
bool cmd_stream_open(struct cmd_stream *s, const char *name, size_t most,
                     ssize_t (*read)(void *source, void *p, size_t n), void *source);
void cmd_stream_close(struct cmd_stream *s);

/* Reads on, whatever `at`; returns the new size. As x12_reader wants it. */
size_t cmd_stream_fill(void *stream, size_t at);

/* Reads to the end; false: damaged, or over `limit` bytes. */
bool cmd_stream_whole(struct cmd_stream *s, size_t limit);

#endif
