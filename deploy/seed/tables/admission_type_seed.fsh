CodeSystem: CLM_ADMSN_TYPE_CD
Title: "Seed: admission type"
Id: CLM-ADMSN-TYPE-CD
Description: "A few codes in our own words, for demos and tests."
* ^status = #active
* ^content = #fragment

* #1 "emergency"
* #2 "urgent"
* #3 "elective"
* #4 "newborn"
* #5 "trauma"
* #6 "RESERVED"
* #9 "not known"
