/* audited.h - which commands leave a record in the audit topic, and what it says */
#ifndef CC_CLEANCLAIM_AUDITED_H
#define CC_CLEANCLAIM_AUDITED_H

#include "services/cleanclaim/cmd.h"

/* The words of a command that its record holds. No patient data: ids that people type are kept only
 * where they look like ids of ours, options only by name (of a few also the value). */
struct audited {
    char action[64];  /* "dead replay"; "": this command leaves no record */
    char object[128]; /* what it is about: claim, place of a letter */
    char detail[256]; /* "--phi --role=coder files=2" */
};

/* argv[0] is the command's name. Pure. */
void audited_words(int argc, char **argv, struct audited *out);

/* Runs the command between its two records where AUDIT is on; a command whose record cannot be
 * written is not run (EXIT_GONE). */
int audited_run(const struct cmd *c, int argc, char **argv);

#endif
