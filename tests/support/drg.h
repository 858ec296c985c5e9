/* drg.h - a small version of the MS-DRG definitions, made up for tests: every step of grouping has
 * a code that takes it */
#ifndef CC_TESTS_DRG_H
#define CC_TESTS_DRG_H

struct drg_file {
    const char *name; /* as in the folder of a version; NULL ends the list */
    const char *text;
};
extern const struct drg_file drg_files[];

#endif
