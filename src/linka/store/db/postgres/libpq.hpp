// The functions of libpq, which is loaded when the first PostgreSQL database is opened: with the
// libraries that it brings along (GnuTLS, LDAP, Kerberos) it costs each process 4 MB, and most
// companies keep a file. In this namespace the names of the functions are pointers to them; the
// library's own are not linked.
#pragma once

#include "linka/base/result.hpp"

#include <libpq-fe.h>

namespace linka::store::postgres {

#define LINKA_LIBPQ(one)                                                                         \
    one(PQclear) one(PQconnectdbParams) one(PQconninfo) one(PQconninfoFree) one(PQconninfoParse) \
        one(PQconsumeInput) one(PQenterPipelineMode) one(PQerrorMessage) one(PQexitPipelineMode) \
            one(PQfinish) one(PQflush) one(PQgetResult) one(PQgetlength) one(PQgetvalue)         \
                one(PQisBusy) one(PQntuples) one(PQpingParams) one(PQpipelineSync)               \
                    one(PQresultErrorField) one(PQresultErrorMessage) one(PQresultStatus)        \
                        one(PQsendPrepare) one(PQsendQuery) one(PQsendQueryParams)               \
                            one(PQsendQueryPrepared) one(PQsetNoticeProcessor)                   \
                                one(PQsetnonblocking) one(PQsocket) one(PQstatus)

#define LINKA_LIBPQ_POINTER(name) extern decltype(&::name) name;
LINKA_LIBPQ(LINKA_LIBPQ_POINTER)
#undef LINKA_LIBPQ_POINTER

/// Once for the program, before anything of the above is called. `unavailable`: it is not
/// installed, or another one than this program knows.
Status load_libpq();

}  // namespace linka::store::postgres
