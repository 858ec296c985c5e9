/* sftp.h - the transport "sftp". Private to this folder. */
#ifndef CC_SUBMITTER_DELIVER_SFTP_H
#define CC_SUBMITTER_DELIVER_SFTP_H

#include "services/submitter/deliver/transport.h"

extern const struct transport sftp_transport;

#endif
