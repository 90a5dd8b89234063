/**
 * Single sign-on: the team signs in with the accounts of its company, through an OpenID Connect provider. Groups there
 * decide on roles here, accounts are made when somebody comes for the first time, and a session that ends there ends here.
 */
package io.replyloop.singlesignon;
