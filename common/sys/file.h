/* file.h - whole files, in and out */
#ifndef CC_SYS_FILE_H
#define CC_SYS_FILE_H

#include <stdbool.h>
#include <stddef.h>

#include "common/base/err.h"
#include "common/base/str.h"

/* Appends the whole file ("-" = standard input); ERR_RETRY "file" if it cannot be read, ERR_REJECT
 * "size" over limit. */
int file_read(const char *path, size_t limit, struct buf *out, struct err *e);

/* Writes dir/name so that it is there whole or not at all: temporary name, fsync, rename, fsync of
 * the folder. */
int file_write(const char *dir, const char *name, const void *p, size_t n, struct err *e);

int file_make_dirs(const char *path, struct err *e); /* as mkdir -p */
bool file_exists(const char *path);
/* "dir/name" in a fixed array; false: too long. */
bool file_join(char *out, size_t size, const char *dir, const char *name);

#endif
