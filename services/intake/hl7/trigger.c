/* trigger.c - the event types of HL7 v2 as rows
 *
 * A type with a row is understood; EVENT_KIND_NONE: it carries nothing for a claim. A type without
 * a row is refused, because nobody can say what it would have meant.. */
#include "services/intake/hl7/trigger.h"

#include <stddef.h>
#include <string.h>

#define PLANNED VISIT_STATUS_PLANNED
#define ACTIVE VISIT_STATUS_ACTIVE
#define FINISHED VISIT_STATUS_FINISHED
#define CANCELLED VISIT_STATUS_CANCELLED
#define DATES VISIT_STATUS_UNKNOWN

/* clang-format off */
static const struct hl7_trigger rows[] = {
    {"ADT", "A01", EVENT_KIND_ADMIT,     ACTIVE,    0},
    {"ADT", "A02", EVENT_KIND_TRANSFER,  ACTIVE,    0},
    {"ADT", "A03", EVENT_KIND_DISCHARGE, FINISHED,  0},
    {"ADT", "A04", EVENT_KIND_REGISTER,  ACTIVE,    0},
    {"ADT", "A05", EVENT_KIND_PREADMIT,  PLANNED,   0},
    {"ADT", "A06", EVENT_KIND_UPDATE,    ACTIVE,    0},
    {"ADT", "A07", EVENT_KIND_UPDATE,    ACTIVE,    0},
    {"ADT", "A08", EVENT_KIND_UPDATE,    DATES,     0},
    {"ADT", "A09", EVENT_KIND_UPDATE,    DATES,     0},
    {"ADT", "A10", EVENT_KIND_UPDATE,    DATES,     0},
    {"ADT", "A11", EVENT_KIND_CANCEL,    CANCELLED, 0},
    {"ADT", "A12", EVENT_KIND_CANCEL,    ACTIVE,    0},
    {"ADT", "A13", EVENT_KIND_CANCEL,    ACTIVE,    0},
    {"ADT", "A14", EVENT_KIND_PREADMIT,  PLANNED,   0},
    {"ADT", "A15", EVENT_KIND_UPDATE,    DATES,     0},
    {"ADT", "A16", EVENT_KIND_UPDATE,    DATES,     0},
    {"ADT", "A17", EVENT_KIND_TRANSFER,  ACTIVE,    0},
    {"ADT", "A18", EVENT_KIND_MERGE,     DATES,     HL7_PERSON | HL7_MERGE_PATIENT},
    {"ADT", "A19", EVENT_KIND_NONE,      DATES,     0},
    {"ADT", "A20", EVENT_KIND_NONE,      DATES,     0},
    {"ADT", "A21", EVENT_KIND_UPDATE,    DATES,     0},
    {"ADT", "A22", EVENT_KIND_UPDATE,    DATES,     0},
    {"ADT", "A23", EVENT_KIND_CANCEL,    CANCELLED, 0},
    {"ADT", "A24", EVENT_KIND_NONE,      DATES,     0},
    {"ADT", "A25", EVENT_KIND_CANCEL,    ACTIVE,    0},
    {"ADT", "A26", EVENT_KIND_CANCEL,    ACTIVE,    0},
    {"ADT", "A27", EVENT_KIND_CANCEL,    CANCELLED, 0},
    {"ADT", "A28", EVENT_KIND_UPDATE,    DATES,     HL7_PERSON},
    {"ADT", "A29", EVENT_KIND_NONE,      DATES,     0},
    {"ADT", "A30", EVENT_KIND_MERGE,     DATES,     HL7_PERSON | HL7_MERGE_PATIENT},
    {"ADT", "A31", EVENT_KIND_UPDATE,    DATES,     HL7_PERSON},
    {"ADT", "A32", EVENT_KIND_CANCEL,    DATES,     0},
    {"ADT", "A33", EVENT_KIND_CANCEL,    DATES,     0},
    {"ADT", "A34", EVENT_KIND_MERGE,     DATES,     HL7_PERSON | HL7_MERGE_PATIENT},
    {"ADT", "A35", EVENT_KIND_MERGE,     DATES,     HL7_MERGE_VISIT},
    {"ADT", "A36", EVENT_KIND_MERGE,     DATES,     HL7_MERGE_PATIENT | HL7_MERGE_VISIT},
    {"ADT", "A37", EVENT_KIND_NONE,      DATES,     0},
    {"ADT", "A38", EVENT_KIND_CANCEL,    CANCELLED, 0},
    {"ADT", "A39", EVENT_KIND_MERGE,     DATES,     HL7_PERSON | HL7_MERGE_PATIENT},
    {"ADT", "A40", EVENT_KIND_MERGE,     DATES,     HL7_PERSON | HL7_MERGE_PATIENT},
    {"ADT", "A41", EVENT_KIND_MERGE,     DATES,     HL7_MERGE_VISIT},
    {"ADT", "A42", EVENT_KIND_MERGE,     DATES,     HL7_MERGE_VISIT},
    {"ADT", "A43", EVENT_KIND_MERGE,     DATES,     HL7_PERSON | HL7_MERGE_PATIENT},
    {"ADT", "A44", EVENT_KIND_MERGE,     DATES,     HL7_MERGE_VISIT},
    {"ADT", "A45", EVENT_KIND_MERGE,     DATES,     HL7_MERGE_VISIT},
    {"ADT", "A46", EVENT_KIND_MERGE,     DATES,     HL7_PERSON | HL7_MERGE_PATIENT},
    {"ADT", "A47", EVENT_KIND_MERGE,     DATES,     HL7_PERSON | HL7_MERGE_PATIENT},
    {"ADT", "A48", EVENT_KIND_MERGE,     DATES,     HL7_PERSON | HL7_MERGE_PATIENT},
    {"ADT", "A49", EVENT_KIND_MERGE,     DATES,     HL7_MERGE_VISIT},
    {"ADT", "A50", EVENT_KIND_MERGE,     DATES,     HL7_MERGE_VISIT},
    {"ADT", "A51", EVENT_KIND_MERGE,     DATES,     HL7_MERGE_VISIT},
    {"ADT", "A52", EVENT_KIND_CANCEL,    ACTIVE,    0},
    {"ADT", "A53", EVENT_KIND_CANCEL,    ACTIVE,    0},
    {"ADT", "A54", EVENT_KIND_UPDATE,    DATES,     0},
    {"ADT", "A55", EVENT_KIND_CANCEL,    DATES,     0},
    {"ADT", "A60", EVENT_KIND_NONE,      DATES,     0},
    {"ADT", "A61", EVENT_KIND_UPDATE,    DATES,     0},
    {"ADT", "A62", EVENT_KIND_CANCEL,    DATES,     0},
    {"DFT", "P03", EVENT_KIND_CHARGES,   DATES,     0},
    {"DFT", "P11", EVENT_KIND_CHARGES,   DATES,     HL7_GROUPED},
    {"BAR", "P01", EVENT_KIND_BILL,      DATES,     HL7_BILL},
    {"BAR", "P02", EVENT_KIND_NONE,      DATES,     0},
    {"BAR", "P05", EVENT_KIND_BILL,      DATES,     HL7_BILL},
    {"BAR", "P06", EVENT_KIND_CANCEL,    DATES,     0},
    {"BAR", "P10", EVENT_KIND_NONE,      DATES,     0},
    {"BAR", "P12", EVENT_KIND_UPDATE,    DATES,     0},
    {"MDM", "T01", EVENT_KIND_DOCUMENT,  DATES,     HL7_DOCUMENT},
    {"MDM", "T02", EVENT_KIND_DOCUMENT,  DATES,     HL7_DOCUMENT},
    {"MDM", "T03", EVENT_KIND_DOCUMENT,  DATES,     HL7_DOCUMENT},
    {"MDM", "T04", EVENT_KIND_DOCUMENT,  DATES,     HL7_DOCUMENT},
    {"MDM", "T05", EVENT_KIND_DOCUMENT,  DATES,     HL7_DOCUMENT},
    {"MDM", "T06", EVENT_KIND_DOCUMENT,  DATES,     HL7_DOCUMENT},
    {"MDM", "T07", EVENT_KIND_DOCUMENT,  DATES,     HL7_DOCUMENT},
    {"MDM", "T08", EVENT_KIND_DOCUMENT,  DATES,     HL7_DOCUMENT},
    {"MDM", "T09", EVENT_KIND_DOCUMENT,  DATES,     HL7_DOCUMENT},
    {"MDM", "T10", EVENT_KIND_DOCUMENT,  DATES,     HL7_DOCUMENT},
    {"MDM", "T11", EVENT_KIND_DOCUMENT,  DATES,     HL7_DOCUMENT | HL7_WITHDRAWN},
    {"ORU", "R01", EVENT_KIND_RESULT,    DATES,     0},
    {"ORU", "R03", EVENT_KIND_RESULT,    DATES,     0},
    {"ORU", "R30", EVENT_KIND_RESULT,    DATES,     0},
    {"ORU", "R31", EVENT_KIND_RESULT,    DATES,     0},
    {"ORU", "R32", EVENT_KIND_RESULT,    DATES,     0},
    {"ORU", "R40", EVENT_KIND_RESULT,    DATES,     0},
    {"OUL", "R21", EVENT_KIND_RESULT,    DATES,     0},
    {"OUL", "R22", EVENT_KIND_RESULT,    DATES,     0},
    {"OUL", "R23", EVENT_KIND_RESULT,    DATES,     0},
    {"OUL", "R24", EVENT_KIND_RESULT,    DATES,     0},
};

/* Families of chapters 4, 5, 7-17 that carry nothing for a claim, whatever the event. */
static const char *const none[] = {
    "ACK", "BPS", "BRP", "BRT", "BTS", "CCF", "CCI", "CCM", "CCQ", "CCR", "CCU", "CQU", "CRM", "CSU", "DBC", "DBU", "DEL", "DEO",
    "DER", "DES", "DEU", "DOC", "DPR", "DRC", "DRG", "DSR", "EAC", "EAN", "EAR", "EDR", "EHC", "EQQ", "ERP", "ESR", "ESU",
    "INR", "INU", "LSR", "LSU", "MCF", "MFD", "MFK", "MFN", "MFQ", "MFR", "NMD", "NMQ", "NMR", "OMB", "OMD", "OMG", "OMI",
    "OML", "OMN", "OMP", "OMQ", "OMS", "OPL", "OPR", "OPU", "ORA", "ORB", "ORD", "ORF", "ORG", "ORI", "ORL", "ORM", "ORN",
    "ORP", "ORR", "ORS", "ORX", "OSM", "OSQ", "OSR", "OSU", "PEX", "PGL", "PIN", "PMU", "PPG", "PPP", "PPR", "PPT", "PPV",
    "PRR", "PTR", "QBP", "QCK", "QCN", "QRY", "QSB", "QSX", "QVR", "RAR", "RAS", "RCI", "RCL", "RDE", "RDR", "RDS", "RDY",
    "REF", "RER", "RGR", "RGV", "ROR", "RPA", "RPI", "RPL", "RPR", "RQA", "RQC", "RQI", "RQP", "RQQ", "RRA", "RRD", "RRE",
    "RRG", "RRI", "RSP", "RTB", "SCN", "SDN", "SDR", "SIU", "SLN", "SLR", "SMD", "SQM", "SQR", "SRM", "SRR", "SSR", "SSU",
    "STC", "STI", "SUR", "TBR", "TCR", "TCU", "UDM", "VQQ", "VXQ", "VXR", "VXU", "VXX", NULL,
};
/* clang-format on */

static const struct hl7_trigger nothing = {"*", "*", EVENT_KIND_NONE, DATES, 0};

/* hl7_trigger_of - see trigger.h */
const struct hl7_trigger *hl7_trigger_of(const char *code, const char *event)
{
    for (size_t i = 0; i < sizeof(rows) / sizeof(rows[0]); i++)
        if (strcmp(rows[i].code, code) == 0 && strcmp(rows[i].event, event) == 0)
            return &rows[i];
    for (size_t i = 0; none[i]; i++)
        if (strcmp(none[i], code) == 0)
            return &nothing;
    return NULL;
}
