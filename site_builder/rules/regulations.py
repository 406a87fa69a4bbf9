"""The regulations and standards that several rules rest on, each cited in one place.

Articles are cited where their text was read; 条文待核 says that it was not yet.
"""

PERFORMANCE = "财预〔2020〕10号（条文待核）"
COMMON_INDICATORS = "财预〔2013〕53号（条文待核）"
APPROVED_BUDGET = "预算法第十三条（经批准的预算，非经法定程序，不得调整）"
PERSONAL = "个人信息保护法第二十五条、第二十八条；政府信息公开条例第十五条"
PUNCTUATION_MARKS = "GB/T 15834—2011"
