package io.replyloop.singlesignon;

import io.replyloop.platform.WireNames;

/** Why somebody whom the provider has let through does not come in. */
enum Refusal {
    /** In none of the groups that may. */
    NO_GROUP,
    /** There is no account, and none is made. */
    NO_ACCOUNT,
    /** Without one, or one that is not verified, nobody can be told apart from somebody else. */
    NO_ADDRESS,
    /** The account of this address is somebody else's of the same provider. */
    TAKEN,
    /** The account is closed. */
    CLOSED,
    /** The person did not want to, or the provider did not let them. */
    REFUSED_THERE,
    /** Something went wrong; the log says what. */
    FAILED;

    String wireName() {
        return WireNames.of(this);
    }
}
