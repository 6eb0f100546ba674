-- screen-only: what paper does not need.
return {}
