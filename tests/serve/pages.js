/* pages: `lectern serve` in a real Chromium. */
'use strict';
module.exports = async function pages() {};
