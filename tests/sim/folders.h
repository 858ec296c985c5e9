/* folders.h - folders of a run */
#ifndef CC_TESTS_SIM_FOLDERS_H
#define CC_TESTS_SIM_FOLDERS_H

#include <stdbool.h>

bool folders_exists(const char *path);
void folders_remove(const char *path);
void folders_copy(const char *from, const char *to); /* with what is in it */

#endif
