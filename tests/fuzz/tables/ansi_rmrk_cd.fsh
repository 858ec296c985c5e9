CodeSystem: ANSI_RMRK_CD
Title: "Small"
Id: ANSI-RMRK-CD

* #N115 "coverage"
