-- A file with pages that are pictures waits behind the others: recognising a page takes as long as reading a document.
alter table warehouse.reading
    add column pictures integer,
    add column recognised integer,
    add column got_on smallint,
    add constraint reading_pictures_check check (recognised between 0 and pictures);
comment on column warehouse.reading.pictures is '须识别的图像页数；空表示尚未发现图像页';
comment on column warehouse.reading.recognised is '其中已识别的页数';
comment on column warehouse.reading.got_on is '最近一次识别出新页的是第几次读取；此后的中断才计数';
