/* otlp.h - spans as OTLP's JSON (ExportTraceServiceRequest). Private to common/svc. */
#ifndef CC_SVC_OTLP_H
#define CC_SVC_OTLP_H

#include "common/base/str.h"
#include "common/svc/spans.h"

void otlp_write(struct buf *out, const char *stage, const struct step *spans, size_t n);

#endif
