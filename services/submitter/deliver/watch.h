/* watch.h - one replies folder: its lock, and which files in it stood still. Private to this
 * folder. */
#ifndef CC_SUBMITTER_DELIVER_WATCH_H
#define CC_SUBMITTER_DELIVER_WATCH_H

#include <dirent.h>
#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>
#include <sys/stat.h>

#include "common/base/err.h"

/* A file that was seen, and since when it looks as it does. */
struct seen {
    char *name;
    off_t size;
    struct timespec changed;
    int64_t since_ms;
    bool here; /* in the look at hand */
};

/* One folder: its lock and what lies in it. */
struct watch {
    struct watch *next;
    char *folder;
    int lock; /* -1: not held */
    struct seen *seen;
    size_t n, cap;
};

struct watch *watch_find(struct watch **list, const char *folder); /* NULL: out of memory */
void watch_free(struct watch *list);
/* The folder's lock, kept until watch_free: 1 held, 0 by another worker, -1 ERR_RETRY. */
int watch_hold(struct watch *w, struct err *e);
/* For scandir: poll_name_whole. */
int watch_worth_a_look(const struct dirent *d);
struct seen *watch_seen(struct watch *w, const char *name); /* NULL: out of memory */
bool seen_settled(struct seen *s, const struct stat *st, int64_t now_ms, int64_t settle_ms);
void watch_forget_gone(struct watch *w); /* names that the last look did not meet */
/* ERR_RETRY "replies" with what the system says of a path. */
int watch_away(struct err *e, const char *path);

#endif
