/* folder.h - folders of a test: made, looked into, removed */
#ifndef CC_TESTS_FOLDER_H
#define CC_TESTS_FOLDER_H

#include <stddef.h>

#include "common/base/str.h"

/* A new folder below TMPDIR; the test removes it. */
void folder_make(char *out, size_t size, const char *name);
void folder_remove(const char *path); /* with everything in it */
/* Names that do not begin with a dot; the first that begins with `prefix` (or NULL) is read into
 * out (may be NULL). Returns how many there are. */
int folder_look(const char *path, const char *prefix, struct buf *out);
/* A command of the shell, in the folder; the test fails when it does. */
void folder_shell(const char *path, const char *command);

#endif
