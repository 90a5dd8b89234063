-- Fills an empty schema with 200,000 examples of 100,000 decisions and 50,000 of imported history, to measure the dataset page:
-- psql -f src/bench/examples.sql, then vacuum analyze.
set synchronous_commit=off;
insert into site (id,key,name) values ('00000000-0000-0000-0000-0000000000aa','bench','Bench');
insert into agent_account (id,email,name,password_hash,role) select ('00000000-0000-0000-0001-'||lpad(g::text,12,'0'))::uuid, 'b'||g||'@x.example','Agent '||g,'x','agent' from generate_series(1,20) g;
insert into reply (id,title,text,categories,state,created_at) select ('00000000-0000-0000-0002-'||lpad(g::text,12,'0'))::uuid,'Reply '||g,'Text of reply '||g||' with some words about invoices and term'||g%300,array['Category '||g%12],'published',now()-interval '400 days' from generate_series(1,1000) g;
insert into customer (id,site_id) select ('00000000-0000-0000-0003-'||lpad(c::text,12,'0'))::uuid,'00000000-0000-0000-0000-0000000000aa' from generate_series(1,20000) c;
insert into conversation (id,site_id,customer_id,last_sequence,last_public_sequence,created_at) select ('00000000-0000-0000-0004-'||lpad(c::text,12,'0'))::uuid,'00000000-0000-0000-0000-0000000000aa',('00000000-0000-0000-0003-'||lpad(c::text,12,'0'))::uuid,0,0, now()-interval '365 days'+c*interval '365 days'/20000 from generate_series(1,20000) c;
-- Five questions for each conversation; a third in Chinese, a fifth about parcels, each with a rare word.
create temp table t as select c, q, ('00000000-0000-0000-0004-'||lpad(c::text,12,'0'))::uuid as conv, ('00000000-0000-0000-0005-'||lpad((c*10+q)::text,12,'0'))::uuid as imp, ('00000000-0000-0000-0006-'||lpad((c*10+q)::text,12,'0'))::uuid as dec, now()-interval '365 days'+c*interval '365 days'/20000+q*interval '7 minutes' as at, (random()*999)::int+1 as rep,
 '- Good morning, I have a question about an order of last week'||chr(10)||'> Good morning, how can I help you?'||chr(10)||'- '||case when c%3=0 then '我的包裹在哪里？订单'||c else case when q=1 then 'Where is my parcel' else 'Can I change my order' end||' with rare'||(c*7+q)%5000||' and common'||(c+q)%50||'?' end as question from generate_series(1,20000) c, generate_series(1,5) q;
insert into impression (id,conversation_id,trigger_sequence,query,question,model_number,knowledge_revision,candidate_count,shown_count,took_millis,created_at,masked,masked_by)
 select imp,conv,q,question,question,1+c/10000,1,4,3,80,at,true,9 from t order by at;
insert into impression_candidate (impression_id,position,reply_id,reply_version,first_stage,memory,model_logit,probability,shown,meaning,share)
 select imp,p,('00000000-0000-0000-0002-'||lpad(((rep+p-2)%1000+1)::text,12,'0'))::uuid,1,.5,.5,1,.9-p*.01,p<=3,.5,.1 from t, generate_series(1,4) p;
insert into decision (id,impression_id,conversation_id,agent_id,outcome,reply_id,position,text_sent,created_at,masked,masked_by)
 select dec,imp,conv,('00000000-0000-0000-0001-'||lpad((c%20+1)::text,12,'0'))::uuid, case when c%4=0 then 'edited' else 'sent' end,('00000000-0000-0000-0002-'||lpad((rep%1000+1)::text,12,'0'))::uuid,2,'text',at+interval '60 s',true,9 from t;
-- The second reply was sent, the first one passed over.
insert into example (decision_id,impression_id,conversation_id,query,reply_id,reply_text,label,created_at,masked,masked_by,excluded)
 select dec,imp,conv,question,r.id,r.text,p-1,at,true,9,(c+q)%97=0 from t, generate_series(1,2) p join lateral (select 1) x on true, reply r where r.id=('00000000-0000-0000-0002-'||lpad(((t.rep+p-2)%1000+1)::text,12,'0'))::uuid order by at;
insert into dataset_side (conversation_id,side) select ('00000000-0000-0000-0004-'||lpad(c::text,12,'0'))::uuid, case when c%10<7 then 'train' when c%10=7 then 'dev' else 'test' end from generate_series(1,20000) c;
-- Imported history: 10,000 questions, each with the right reply and four others.
insert into history_import (id,file_name,reading,state) values ('00000000-0000-0000-0007-000000000001','bench.jsonl','{}','imported');
insert into history_conversation (id,import_id,place,external_key,customer_keys,content_key,messages,masked_by) select ('00000000-0000-0000-0008-'||lpad(c::text,12,'0'))::uuid,'00000000-0000-0000-0007-000000000001',c-1,'e'||c,'{}','c'||c,'- Hello',9 from generate_series(1,10000) c;
insert into past_example (conversation_id,impression_id,query,reply_id,reply_text,label,masked,masked_by,created_at)
 select ('00000000-0000-0000-0008-'||lpad(c::text,12,'0'))::uuid,('00000000-0000-0000-0009-'||lpad(c::text,12,'0'))::uuid,
 '- Good morning, I have a question about an order of last week'||chr(10)||'> Good morning, how can I help you?'||chr(10)||'- '||case when c%3=0 then '我的包裹在哪里？订单'||c else 'Where is my parcel' end||' with rare'||c%5000||' and common'||c%50||'?',
 case when p=1 then ('00000000-0000-0000-0002-'||lpad((c%1000+1)::text,12,'0'))::uuid end,'Text of reply '||c%1000||' number '||p||' with some words about invoices',case when p=1 then 1 else 0 end,true,9,now()-interval '400 days' from generate_series(1,10000) c, generate_series(1,5) p;
