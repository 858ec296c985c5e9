CodeSystem: CLM_BILL_FAC_TYPE_CD
Title: "Seed: facility digit of the bill type"
Id: CLM-BILL-FAC-TYPE-CD
Description: "A few codes in our own words, for demos and tests."
* ^status = #active
* ^content = #fragment

* #1 "hospital"
* #2 "skilled nursing"
* #3 "home health"
* #4 "religious, hospital"
* #6 "intermediate care"
* #7 "clinic or dialysis"
* #8 "special facility"
* #9 "RESERVED"
