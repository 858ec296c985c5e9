CodeSystem: CLAIM_STATUS_CODES
Title: "Small"
Id: CLAIM-STATUS-CODES

* #20 "accepted"
