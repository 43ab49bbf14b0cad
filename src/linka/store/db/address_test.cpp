#include "linka/store/db/address.hpp"

#include <gtest/gtest.h>

namespace linka::store {
namespace {

TEST(Address, HidesAPasswordThatIsNotWrittenAsItMustBe) {
    EXPECT_EQ(shown("postgresql://linka:se@cr/et@db/linka"), "postgresql://linka@db/linka");
    EXPECT_EQ(shown("postgresql://linka@db:5432/linka"), "postgresql://linka@db:5432/linka");
    EXPECT_EQ(shown("/var/lib/linka/linka.db"), "/var/lib/linka/linka.db");
}

TEST(Address, OfAnotherKindIsRefused) {
    for (const char* wrong :
         {"http://x", "POSTGRESQL://u:pw@h/d", "postgres:/x", "mysql://h/d",
          "postgresql://linka:se@cret@db/x", "postgresql://linka:se/cret@db/x"}) {
        EXPECT_FALSE(check_address(wrong)) << wrong;
    }
    for (const char* right : {"data", "/var/lib/linka", "postgresql://linka:secret@db/x",
                              "postgres://db/x?options=-csearch_path%3Dt", "/srv/a:b"}) {
        EXPECT_TRUE(check_address(right)) << right;
    }
}

}  // namespace
}  // namespace linka::store
