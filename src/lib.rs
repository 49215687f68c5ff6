//! daysheet turns a folder of daily digests into a site.
