/* Generated from registry/services.tsv by npm run generate. */

/** One line for each name: the name, then `protocol:port` of every port that bears it. */
export const SERVICES = `
tcpmux 6:1 17:1
rje 6:5 17:5
echo 6:7 17:7
discard 6:9 17:9 132:9 33:9
systat 6:11 17:11
daytime 6:13 17:13
qotd 6:17 17:17
msp 6:18 17:18 6:2438 17:2438
chargen 6:19 17:19
ftp-data 6:20 17:20 132:20
ftp 6:21 17:21 132:21
ssh 6:22 17:22 132:22
telnet 6:23 17:23
smtp 6:25 17:25
nsw-fe 6:27 17:27
msg-icp 6:29 17:29
msg-auth 6:31 17:31
dsp 6:33 17:33
time 6:37 17:37
rap 6:38 17:38 6:256 17:256
rlp 6:39 17:39
graphics 6:41 17:41
name 6:42 17:42
nicname 6:43 17:43
mpm-flags 6:44 17:44
mpm 6:45 17:45
mpm-snd 6:46 17:46
auditd 6:48 17:48
tacacs 6:49 17:49
re-mail-ck 6:50 17:50
xns-time 6:52 17:52
domain 6:53 17:53
xns-ch 6:54 17:54
isi-gl 6:55 17:55
xns-auth 6:56 17:56
xns-mail 6:58 17:58
acas 6:62 17:62
whoispp 6:63 17:63
covia 6:64 17:64
tacacs-ds 6:65 17:65
sql-net 6:66 17:66 6:150 17:150
bootps 6:67 17:67
bootpc 6:68 17:68
tftp 6:69 17:69
gopher 6:70 17:70
netrjs-1 6:71 17:71
netrjs-2 6:72 17:72
netrjs-3 6:73 17:73
netrjs-4 6:74 17:74
deos 6:76 17:76
vettcp 6:78 17:78
finger 6:79 17:79
http 6:80 17:80 132:80
xfer 6:82 17:82
mit-ml-dev 6:83 17:83 6:85 17:85
ctf 6:84 17:84
mfcobol 6:86 17:86
kerberos 6:88 17:88
su-mit-tg 6:89 17:89
dnsix 6:90 17:90
mit-dov 6:91 17:91
npp 6:92 17:92 6:4045 17:4045
dcp 6:93 17:93
objcall 6:94 17:94
supdup 6:95 17:95
dixie 6:96 17:96
swift-rvf 6:97 17:97
tacnews 6:98 17:98
metagram 6:99 17:99
hostname 6:101 17:101
iso-tsap 6:102 17:102
gppitnp 6:103 17:103
acr-nema 6:104 17:104
cso 6:105 17:105
3com-tsmux 6:106 17:106
rtelnet 6:107 17:107
snagas 6:108 17:108
pop2 6:109 17:109
pop3 6:110 17:110
sunrpc 6:111 17:111
mcidas 6:112 17:112
ident 6:113
auth 17:113
sftp 6:115 17:115
ansanotify 6:116 17:116
uucp-path 6:117 17:117
sqlserv 6:118 17:118
nntp 6:119 17:119
cfdptkt 6:120 17:120
erpc 6:121 17:121
smakynet 6:122 17:122
ntp 6:123 17:123
ansatrader 6:124 17:124
locus-map 6:125 17:125
nxedit 6:126 17:126
locus-con 6:127 17:127
gss-xlicen 6:128 17:128
pwdgen 6:129 17:129
cisco-fna 6:130 17:130
cisco-tna 6:131 17:131
cisco-sys 6:132 17:132
statsrv 6:133 17:133
ingres-net 6:134 17:134
epmap 6:135 17:135
profile 6:136 17:136
netbios-ns 6:137 17:137
netbios-dgm 6:138 17:138
netbios-ssn 6:139 17:139
emfis-data 6:140 17:140
emfis-cntl 6:141 17:141
bl-idm 6:142 17:142
imap 6:143
uma 6:144 17:144 6:1797 17:1797
uaac 6:145 17:145
iso-tp0 6:146 17:146
iso-ip 6:147 17:147
jargon 6:148 17:148
aed-512 6:149 17:149
hems 6:151 17:151
bftp 6:152 17:152
sgmp 6:153 17:153
netsc-prod 6:154 17:154
netsc-dev 6:155 17:155
sqlsrv 6:156 17:156
knet-cmp 6:157 17:157
pcmail-srv 6:158 17:158
nss-routing 6:159 17:159
sgmp-traps 6:160 17:160
snmp 6:161 17:161
snmptrap 6:162 17:162
cmip-man 6:163 17:163
cmip-agent 6:164 17:164
xns-courier 6:165 17:165
s-net 6:166 17:166
namp 6:167 17:167
rsvd 6:168 17:168
send 6:169 17:169
print-srv 6:170 17:170
multiplex 6:171 17:171
cl-1 6:172 17:172
xyplex-mux 6:173 17:173
mailq 6:174 17:174
vmnet 6:175 17:175
genrad-mux 6:176 17:176
xdmcp 6:177 17:177
nextstep 6:178 17:178
bgp 6:179 17:179 132:179
ris 6:180 17:180
unify 6:181 17:181
audit 6:182 17:182
ocbinder 6:183 17:183
ocserver 6:184 17:184
remote-kis 6:185 17:185
kis 6:186 17:186
aci 6:187 17:187
mumps 6:188 17:188
qft 6:189 17:189
gacp 6:190 17:190
prospero 6:191 17:191
osu-nms 6:192 17:192
srmp 6:193 17:193
irc 6:194 17:194
dn6-nlm-aud 6:195 17:195
dn6-smm-red 6:196 17:196
dls 6:197 17:197 6:2047 17:2047
dls-mon 6:198 17:198
smux 6:199 17:199
src 6:200 17:200
at-rtmp 6:201 17:201
at-nbp 6:202 17:202
at-3 6:203 17:203
at-echo 6:204 17:204
at-5 6:205 17:205
at-zis 6:206 17:206
at-7 6:207 17:207
at-8 6:208 17:208
qmtp 6:209 17:209
z39-50 6:210 17:210
914c-g 6:211 17:211
anet 6:212 17:212
ipx 6:213 17:213
vmpwscs 6:214 17:214
softpc 6:215 17:215
CAIlic 6:216 17:216
dbase 6:217 17:217
mpp 6:218 17:218
uarps 6:219 17:219
imap3 6:220 17:220
fln-spx 6:221 17:221
rsh-spx 6:222 17:222
cdc 6:223 17:223
masqdialer 6:224 17:224
direct 6:242 17:242
sur-meas 6:243 17:243
inbusiness 6:244 17:244
link 6:245 17:245
dsp3270 6:246 17:246
subntbcst-tftp 6:247 17:247
bhfhs 6:248 17:248
set 6:257 17:257
esro-gen 6:259 17:259
openport 6:260 17:260
nsiiops 6:261 17:261
arcisdms 6:262 17:262
hdap 6:263 17:263
bgmp 6:264 17:264
x-bone-ctl 6:265 17:265
sst 6:266 17:266
td-service 6:267 17:267
td-replica 6:268 17:268
manet 6:269 17:269
gist 17:270
pt-tls 6:271
http-mgmt 6:280 17:280
personal-link 6:281 17:281
cableport-ax 6:282 17:282
rescap 6:283 17:283
corerjd 6:284 17:284
fxp 6:286 17:286 6:2849 17:2849
k-block 6:287 17:287
tacacss 6:300
novastorbakcup 6:308 17:308
entrusttime 6:309 17:309
bhmds 6:310 17:310
asip-webadmin 6:311 17:311
vslmp 6:312 17:312
magenta-logic 6:313 17:313
opalis-robot 6:314 17:314
dpsi 6:315 17:315
decauth 6:316 17:316
zannet 6:317 17:317
pkix-timestamp 6:318 17:318
ptp-event 6:319 17:319
ptp-general 6:320 17:320
pip 6:321 17:321 6:1321 17:1321
rtsps 6:322 17:322
rpki-rtr 6:323
rpki-rtr-tls 6:324
texar 6:333 17:333
pdap 6:344 17:344
pawserv 6:345 17:345
zserv 6:346 17:346
fatserv 6:347 17:347
csi-sgwp 6:348 17:348
mftp 6:349 17:349 6:5402 17:5402
matip-type-a 6:350 17:350
matip-type-b 6:351 17:351
dtag-ste-sb 6:352 17:352
ndsauth 6:353 17:353
bh611 6:354 17:354
datex-asn 6:355 17:355
cloanto-net-1 6:356 17:356
bhevent 6:357 17:357
shrinkwrap 6:358 17:358
scoi2odialog 6:360 17:360
semantix 6:361 17:361
srssend 6:362 17:362
rsvp-tunnel 6:363 17:363
aurora-cmgr 6:364 17:364
dtk 6:365 17:365
odmr 6:366 17:366
mortgageware 6:367 17:367
qbikgdp 6:368 17:368
rpc2portmap 6:369 17:369
codaauth2 6:370 17:370
clearcase 6:371 17:371
ulistproc 6:372 17:372
legent-1 6:373 17:373
legent-2 6:374 17:374
hassle 6:375 17:375
nip 6:376 17:376
tnETOS 6:377 17:377
dsETOS 6:378 17:378
is99c 6:379 17:379
is99s 6:380 17:380
hp-collector 6:381 17:381
hp-managed-node 6:382 17:382
hp-alarm-mgr 6:383 17:383
arns 6:384 17:384
ibm-app 6:385 17:385
asa 6:386 17:386
aurp 6:387 17:387
unidata-ldm 6:388 17:388
ldap 6:389 17:389
uis 6:390 17:390
synotics-relay 6:391 17:391
synotics-broker 6:392 17:392
meta5 6:393 17:393
embl-ndt 6:394 17:394
netcp 6:395 17:395
netware-ip 6:396 17:396
mptn 6:397 17:397
kryptolan 6:398 17:398
iso-tsap-c2 6:399 17:399
osb-sd 6:400 17:400
ups 6:401 17:401
genie 6:402 17:402
decap 6:403 17:403
nced 6:404 17:404
ncld 6:405 17:405
imsp 6:406 17:406
timbuktu 6:407 17:407
prm-sm 6:408 17:408
prm-nm 6:409 17:409
decladebug 6:410 17:410
rmt 6:411 17:411
synoptics-trap 6:412 17:412
smsp 6:413 17:413
infoseek 6:414 17:414
bnet 6:415 17:415
silverplatter 6:416 17:416
onmux 6:417 17:417
hyper-g 6:418 17:418
ariel1 6:419 17:419
smpte 6:420 17:420
ariel2 6:421 17:421
ariel3 6:422 17:422
opc-job-start 6:423 17:423
opc-job-track 6:424 17:424
icad-el 6:425 17:425
smartsdp 6:426 17:426
svrloc 6:427 17:427
ocs-cmu 6:428 17:428
ocs-amu 6:429 17:429
utmpsd 6:430 17:430
utmpcd 6:431 17:431
iasd 6:432 17:432
nnsp 6:433 17:433
mobileip-agent 6:434 17:434
mobilip-mn 6:435 17:435
dna-cml 6:436 17:436
comscm 6:437 17:437
dsfgw 6:438 17:438
dasp 6:439 17:439
sgcp 6:440 17:440
decvms-sysmgt 6:441 17:441
cvc-hostd 6:442 17:442
https 6:443 17:443 132:443
snpp 6:444 17:444
microsoft-ds 6:445 17:445
ddm-rdb 6:446 17:446
ddm-dfm 6:447 17:447
ddm-ssl 6:448 17:448
as-servermap 6:449 17:449
tserver 6:450 17:450
sfs-smp-net 6:451 17:451
sfs-config 6:452 17:452
creativeserver 6:453 17:453 6:3364 17:3364
contentserver 6:454 17:454 6:3365 17:3365
creativepartnr 6:455 17:455 6:3366 17:3366
macon-tcp 6:456
macon-udp 17:456
scohelp 6:457 17:457
appleqtc 6:458 17:458
ampr-rcmd 6:459 17:459
skronk 6:460 17:460
datasurfsrv 6:461 17:461
datasurfsrvsec 6:462 17:462
alpes 6:463 17:463
kpasswd 6:464 17:464
submissions 6:465
igmpv3lite 17:465
digital-vrc 6:466 17:466
mylex-mapd 6:467 17:467
photuris 6:468 17:468
rcp 6:469 17:469
scx-proxy 6:470 17:470
mondex 6:471 17:471
ljk-login 6:472 17:472
hybrid-pop 6:473 17:473
tn-tl-w1 6:474
tn-tl-w2 17:474
tcpnethaspsrv 6:475 17:475
tn-tl-fd1 6:476 17:476
ss7ns 6:477 17:477
spsc 6:478 17:478
iafserver 6:479 17:479
iafdbase 6:480 17:480
ph 6:481 17:481
bgs-nsi 6:482 17:482
ulpnet 6:483 17:483
integra-sme 6:484 17:484
powerburst 6:485 17:485
avian 6:486 17:486
saft 6:487 17:487
gss-http 6:488 17:488
nest-protocol 6:489 17:489
micom-pfs 6:490 17:490
go-login 6:491 17:491
ticf-1 6:492 17:492
ticf-2 6:493 17:493
pov-ray 6:494 17:494
intecourier 6:495 17:495
pim-rp-disc 6:496 17:496
retrospect 6:497 17:497
siam 6:498 17:498
iso-ill 6:499 17:499
isakmp 6:500 17:500
stmf 6:501 17:501
mbap 6:502 17:502
intrinsa 6:503 17:503
citadel 6:504 17:504
mailbox-lm 6:505 17:505
ohimsrv 6:506 17:506
crs 6:507 17:507
xvttp 6:508 17:508
snare 6:509 17:509
fcp 6:510 17:510
passgo 6:511 17:511
exec 6:512
comsat 17:512
login 6:513
who 17:513
shell 6:514
syslog 17:514
printer 6:515 17:515
videotex 6:516 17:516
talk 6:517 17:517
ntalk 6:518 17:518
utime 6:519 17:519
efs 6:520
router 17:520
ripng 6:521 17:521
ulp 6:522 17:522
ibm-db2 6:523 17:523
ncp 6:524 17:524
timed 6:525 17:525
tempo 6:526 17:526
stx 6:527 17:527
custix 6:528 17:528
irc-serv 6:529 17:529
courier 6:530 17:530
conference 6:531 17:531
netnews 6:532 17:532
netwall 6:533 17:533
windream 6:534 17:534
iiop 6:535 17:535
opalis-rdv 6:536 17:536
nmsp 6:537 17:537 6:1790 17:1790
gdomap 6:538 17:538
apertus-ldp 6:539 17:539
uucp 6:540 17:540
uucp-rlogin 6:541 17:541
commerce 6:542 17:542
klogin 6:543 17:543
kshell 6:544 17:544
appleqtcsrvr 6:545 17:545
dhcpv6-client 6:546 17:546
dhcpv6-server 6:547 17:547
afpovertcp 6:548 17:548
idfp 6:549 17:549
new-rwho 6:550 17:550
cybercash 6:551 17:551
devshr-nts 6:552 17:552
pirp 6:553 17:553
rtsp 6:554 17:554
dsf 6:555 17:555
remotefs 6:556 17:556
openvms-sysipc 6:557 17:557
sdnskmp 6:558 17:558
teedtap 6:559 17:559
rmonitor 6:560 17:560
monitor 6:561 17:561
chshell 6:562 17:562
nntps 6:563 17:563
9pfs 6:564 17:564
whoami 6:565 17:565
streettalk 6:566 17:566
banyan-rpc 6:567 17:567
ms-shuttle 6:568 17:568
ms-rome 6:569 17:569
meter 6:570 17:570 6:571 17:571
sonar 6:572 17:572
banyan-vip 6:573 17:573
ftp-agent 6:574 17:574
vemmi 6:575 17:575
ipcd 6:576 17:576
vnas 6:577 17:577
ipdd 6:578 17:578
decbsrv 6:579 17:579
sntp-heartbeat 6:580 17:580
bdp 6:581 17:581
scc-security 6:582 17:582
philips-vc 6:583 17:583
keyserver 6:584 17:584
password-chg 6:586 17:586
submission 6:587 17:587
cal 6:588 17:588
eyelink 6:589 17:589
tns-cml 6:590 17:590
http-alt 6:591 17:591 6:8008 17:8008 6:8080 17:8080
eudora-set 6:592 17:592
http-rpc-epmap 6:593 17:593
tpip 6:594 17:594
cab-protocol 6:595 17:595
smsd 6:596 17:596
ptcnameservice 6:597 17:597
sco-websrvrmg3 6:598 17:598
acp 6:599 17:599
ipcserver 6:600 17:600
syslog-conn 6:601 17:601
xmlrpc-beep 6:602 17:602
idxp 6:603 17:603
tunnel 6:604 17:604
soap-beep 6:605 17:605
urm 6:606 17:606
nqs 6:607 17:607
sift-uft 6:608 17:608
npmp-trap 6:609 17:609
npmp-local 6:610 17:610
npmp-gui 6:611 17:611
hmmp-ind 6:612 17:612
hmmp-op 6:613 17:613
sshell 6:614 17:614
sco-inetmgr 6:615 17:615
sco-sysmgr 6:616 17:616
sco-dtmgr 6:617 17:617
dei-icda 6:618 17:618
compaq-evm 6:619 17:619
sco-websrvrmgr 6:620 17:620
escp-ip 6:621 17:621
collaborator 6:622 17:622
oob-ws-http 6:623
asf-rmcp 17:623
cryptoadmin 6:624 17:624
dec-dlm 6:625 17:625
asia 6:626 17:626
passgo-tivoli 6:627 17:627
qmqp 6:628 17:628
3com-amp3 6:629 17:629
rda 6:630 17:630 6:2371
ipp 6:631 17:631
bmpp 6:632 17:632
servstat 6:633 17:633
ginad 6:634 17:634
rlzdbase 6:635 17:635
ldaps 6:636 17:636
lanserver 6:637 17:637
mcns-sec 6:638 17:638
msdp 6:639 17:639
entrust-sps 6:640 17:640
repcmd 6:641 17:641
esro-emsdp 6:642 17:642
sanity 6:643 17:643
dwr 6:644 17:644
pssc 6:645 17:645
ldp 6:646 17:646
dhcp-failover 6:647 17:647
rrp 6:648 17:648
cadview-3d 6:649 17:649
obex 6:650 17:650
ieee-mms 6:651 17:651
hello-port 6:652 17:652
repscmd 6:653 17:653
aodv 6:654 17:654
tinc 6:655 17:655
spmp 6:656 17:656
rmc 6:657 17:657
tenfold 6:658 17:658
mac-srvr-admin 6:660 17:660
hap 6:661 17:661
pftp 6:662 17:662
purenoise 6:663 17:663
oob-ws-https 6:664
asf-secure-rmcp 17:664
sun-dr 6:665 17:665
mdqs 6:666 17:666
disclose 6:667 17:667
mecomm 6:668 17:668
meregister 6:669 17:669
vacdsm-sws 6:670 17:670
vacdsm-app 6:671 17:671
vpps-qua 6:672 17:672
cimplex 6:673 17:673
acap 6:674 17:674
dctp 6:675 17:675
vpps-via 6:676 17:676
vpp 6:677 17:677
ggf-ncp 6:678 17:678
mrm 6:679 17:679
entrust-aaas 6:680 17:680
entrust-aams 6:681 17:681
xfr 6:682 17:682
corba-iiop 6:683 17:683
corba-iiop-ssl 6:684 17:684
mdc-portmapper 6:685 17:685
hcp-wismar 6:686 17:686
asipregistry 6:687 17:687
realm-rusd 6:688 17:688
nmap 6:689 17:689
vatp 6:690 17:690
msexch-routing 6:691 17:691
hyperwave-isp 6:692 17:692
connendp 6:693 17:693
ha-cluster 6:694 17:694
ieee-mms-ssl 6:695 17:695
rushd 6:696 17:696
uuidgen 6:697 17:697
olsr 6:698 17:698
accessnetwork 6:699 17:699
epp 6:700 17:700 6:3044 17:3044
lmp 6:701 17:701
iris-beep 6:702 17:702
elcsd 6:704 17:704
agentx 6:705 17:705
silc 6:706 17:706
borland-dsj 6:707 17:707
entrust-kmsh 6:709 17:709
entrust-ash 6:710 17:710
cisco-tdp 6:711 17:711
tbrpf 6:712 17:712
iris-xpc 6:713 17:713
iris-xpcs 6:714 17:714
iris-lwz 6:715 17:715
pana 17:716
netviewdm1 6:729 17:729
netviewdm2 6:730 17:730
netviewdm3 6:731 17:731
netgw 6:741 17:741
netrcs 6:742 17:742
flexlm 6:744 17:744
fujitsu-dev 6:747 17:747
ris-cm 6:748 17:748
kerberos-adm 6:749 17:749
rfile 6:750
kerberos-iv 17:750
pump 6:751 17:751
qrh 6:752 17:752
rrh 6:753 17:753
tell 6:754 17:754
nlogin 6:758 17:758
con 6:759 17:759
ns 6:760 17:760
rxe 6:761 17:761
quotad 6:762 17:762
cycleserv 6:763 17:763
omserv 6:764 17:764
webster 6:765 17:765
phonebook 6:767 17:767
vid 6:769 17:769
cadlock 6:770 17:770
rtip 6:771 17:771
cycleserv2 6:772 17:772
submit 6:773
notify 17:773
rpasswd 6:774
acmaint-dbd 17:774
entomb 6:775
acmaint-transd 17:775
wpages 6:776 17:776
multiling-http 6:777 17:777
wpgs 6:780 17:780
mdbs-daemon 6:800 17:800
device 6:801 17:801
mbap-s 6:802 17:802
fcp-udp 6:810 17:810
itm-mcell-s 6:828 17:828
pkix-3-ca-ra 6:829 17:829
netconf-ssh 6:830 17:830
dhcp-failover2 6:847 17:847
gdoi 6:848 17:848
domain-s 6:853 17:853
dlep 6:854 17:854
iscsi 6:860 17:860
owamp-control 6:861
owamp-test 17:861
twamp-control 6:862
twamp-test 17:862
rsync 6:873 17:873
iclcnet-locate 6:886 17:886
iclcnet-svinfo 6:887 17:887
accessbuilder 6:888 17:888
omginitialrefs 6:900 17:900
smpnameres 6:901 17:901
ideafarm-door 6:902 17:902
ideafarm-panic 6:903 17:903
kink 6:910 17:910
xact-backup 6:911 17:911
apex-mesh 6:912 17:912
apex-edge 6:913 17:913
rift-lies 17:914
rift-ties 17:915
rndc 6:953
ftps-data 6:989 17:989
ftps 6:990 17:990
nas 6:991 17:991
telnets 6:992 17:992
imaps 6:993
pop3s 6:995 17:995
vsinet 6:996 17:996
maitrd 6:997 17:997
busboy 6:998
puparp 17:998
garcon 6:999
applix 17:999
cadlock2 6:1000 17:1000
webpush 6:1001
surf 6:1010 17:1010
exp1 6:1021 17:1021 132:1021 33:1021
exp2 6:1022 17:1022 132:1022 33:1022
blackjack 6:1025 17:1025
cap 6:1026 17:1026
6a44 17:1027
solid-mux 6:1029 17:1029
netinfo-local 6:1033 17:1033
activesync 6:1034 17:1034
mxxrlogin 6:1035 17:1035
nsstp 6:1036 17:1036
ams 6:1037 17:1037
mtqp 6:1038 17:1038
sbl 6:1039 17:1039
netarx 6:1040 17:1040
danf-ak2 6:1041 17:1041
afrog 6:1042 17:1042
boinc-client 6:1043 17:1043
dcutility 6:1044 17:1044
fpitp 6:1045 17:1045
wfremotertm 6:1046 17:1046
neod1 6:1047 17:1047
neod2 6:1048 17:1048
td-postman 6:1049 17:1049
cma 6:1050 17:1050
optima-vnet 6:1051 17:1051
ddt 6:1052 17:1052
remote-as 6:1053 17:1053
brvread 6:1054 17:1054
ansyslmd 6:1055 17:1055
vfo 6:1056 17:1056
startron 6:1057 17:1057
nim 6:1058 17:1058
nimreg 6:1059 17:1059
polestar 6:1060 17:1060
kiosk 6:1061 17:1061
veracity 6:1062 17:1062
kyoceranetdev 6:1063 17:1063
jstel 6:1064 17:1064
syscomlan 6:1065 17:1065
fpo-fns 6:1066 17:1066
instl-boots 6:1067 17:1067
instl-bootc 6:1068 17:1068
cognex-insight 6:1069 17:1069
gmrupdateserv 6:1070 17:1070
bsquare-voip 6:1071 17:1071
cardax 6:1072 17:1072
bridgecontrol 6:1073 17:1073
warmspotMgmt 6:1074 17:1074
rdrmshc 6:1075 17:1075
dab-sti-c 6:1076 17:1076
imgames 6:1077 17:1077
avocent-proxy 6:1078 17:1078
asprovatalk 6:1079 17:1079
socks 6:1080 17:1080
pvuniwien 6:1081 17:1081
amt-esd-prot 6:1082 17:1082
ansoft-lm-1 6:1083 17:1083
ansoft-lm-2 6:1084 17:1084
webobjects 6:1085 17:1085
cplscrambler-lg 6:1086 17:1086
cplscrambler-in 6:1087 17:1087
cplscrambler-al 6:1088 17:1088
ff-annunc 6:1089 17:1089
ff-fms 6:1090 17:1090
ff-sm 6:1091 17:1091
obrpd 6:1092 17:1092
proofd 6:1093 17:1093
rootd 6:1094 17:1094
nicelink 6:1095 17:1095
cnrprotocol 6:1096 17:1096
sunclustermgr 6:1097 17:1097
rmiactivation 6:1098 17:1098
rmiregistry 6:1099 17:1099
mctp 6:1100 17:1100
pt2-discover 6:1101 17:1101
adobeserver-1 6:1102 17:1102
adobeserver-2 6:1103 17:1103
xrl 6:1104 17:1104
ftranhc 6:1105 17:1105
isoipsigport-1 6:1106 17:1106
isoipsigport-2 6:1107 17:1107
ratio-adp 6:1108 17:1108
webadmstart 6:1110
nfsd-keepalive 17:1110
lmsocialserver 6:1111 17:1111
icp 6:1112 17:1112
ltp-deepspace 6:1113 17:1113 33:1113
mini-sql 6:1114 17:1114
ardus-trns 6:1115 17:1115
ardus-cntl 6:1116 17:1116
ardus-mtrns 6:1117 17:1117
sacred 6:1118 17:1118
bnetgame 6:1119 17:1119
bnetfile 6:1120 17:1120
rmpp 6:1121 17:1121
availant-mgr 6:1122 17:1122
murray 6:1123 17:1123
hpvmmcontrol 6:1124 17:1124
hpvmmagent 6:1125 17:1125
hpvmmdata 6:1126 17:1126
kwdb-commn 6:1127 17:1127
saphostctrl 6:1128 17:1128
saphostctrls 6:1129 17:1129
casp 6:1130 17:1130
caspssl 6:1131 17:1131
kvm-via-ip 6:1132 17:1132
dfn 6:1133 17:1133
aplx 6:1134 17:1134
omnivision 6:1135 17:1135
hhb-gateway 6:1136 17:1136
trim 6:1137 17:1137
encrypted-admin 6:1138 17:1138
evm 6:1139 17:1139
autonoc 6:1140 17:1140
mxomss 6:1141 17:1141
edtools 6:1142 17:1142
imyx 6:1143 17:1143
fuscript 6:1144 17:1144
x9-icue 6:1145 17:1145
audit-transfer 6:1146 17:1146
capioverlan 6:1147 17:1147
elfiq-repl 6:1148 17:1148
bvtsonar 6:1149 17:1149
blaze 6:1150 17:1150
unizensus 6:1151 17:1151
winpoplanmess 6:1152 17:1152
c1222-acse 6:1153 17:1153
resacommunity 6:1154 17:1154
nfa 6:1155 17:1155
iascontrol-oms 6:1156 17:1156
iascontrol 6:1157 17:1157
dbcontrol-oms 6:1158 17:1158
oracle-oms 6:1159 17:1159
olsv 6:1160 17:1160
health-polling 6:1161 17:1161
health-trap 6:1162 17:1162
sddp 6:1163 17:1163
qsm-proxy 6:1164 17:1164
qsm-gui 6:1165 17:1165
qsm-remote 6:1166 17:1166
cisco-ipsla 6:1167 17:1167 132:1167
vchat 6:1168 17:1168
tripwire 6:1169 17:1169
atc-lm 6:1170 17:1170
atc-appserver 6:1171 17:1171
dnap 6:1172 17:1172
d-cinema-rrp 6:1173 17:1173
fnet-remote-ui 6:1174 17:1174
dossier 6:1175 17:1175
indigo-server 6:1176 17:1176
dkmessenger 6:1177 17:1177
sgi-storman 6:1178 17:1178
b2n 6:1179 17:1179
mc-client 6:1180 17:1180
3comnetman 6:1181 17:1181
accelenet 6:1182
accelenet-data 17:1182
llsurfup-http 6:1183 17:1183
llsurfup-https 6:1184 17:1184
catchpole 6:1185 17:1185
mysql-cluster 6:1186 17:1186
alias 6:1187 17:1187
hp-webadmin 6:1188 17:1188
unet 6:1189 17:1189
commlinx-avl 6:1190 17:1190
gpfs 6:1191 17:1191
caids-sensor 6:1192 17:1192
fiveacross 6:1193 17:1193
openvpn 6:1194 17:1194
rsf-1 6:1195 17:1195
netmagic 6:1196 17:1196
carrius-rshell 6:1197 17:1197
cajo-discovery 6:1198 17:1198
dmidi 6:1199 17:1199
scol 6:1200 17:1200
nucleus-sand 6:1201 17:1201
caiccipc 6:1202 17:1202
ssslic-mgr 6:1203 17:1203
ssslog-mgr 6:1204 17:1204
accord-mgc 6:1205 17:1205
anthony-data 6:1206 17:1206
metasage 6:1207 17:1207
seagull-ais 6:1208 17:1208
ipcd3 6:1209 17:1209
eoss 6:1210 17:1210
groove-dpp 6:1211 17:1211
lupa 6:1212 17:1212
mpc-lifenet 6:1213 17:1213
kazaa 6:1214 17:1214
scanstat-1 6:1215 17:1215
etebac5 6:1216 17:1216
hpss-ndapi 6:1217 17:1217
aeroflight-ads 6:1218 17:1218
aeroflight-ret 6:1219 17:1219
qt-serveradmin 6:1220 17:1220
sweetware-apps 6:1221 17:1221
nerv 6:1222 17:1222
tgp 6:1223 17:1223
vpnz 6:1224 17:1224
slinkysearch 6:1225 17:1225
stgxfws 6:1226 17:1226
dns2go 6:1227 17:1227
florence 6:1228 17:1228
zented 6:1229 17:1229
periscope 6:1230 17:1230
menandmice-lpm 6:1231 17:1231
first-defense 6:1232 17:1232
univ-appserver 6:1233 17:1233
search-agent 6:1234 17:1234
mosaicsyssvc1 6:1235 17:1235
bvcontrol 6:1236 17:1236
tsdos390 6:1237 17:1237
hacl-qs 6:1238 17:1238
nmsd 6:1239 17:1239
instantia 6:1240 17:1240
nessus 6:1241 17:1241
nmasoverip 6:1242 17:1242
serialgateway 6:1243 17:1243
isbconference1 6:1244 17:1244
isbconference2 6:1245 17:1245
payrouter 6:1246 17:1246
visionpyramid 6:1247 17:1247
hermes 6:1248 17:1248
mesavistaco 6:1249 17:1249
swldy-sias 6:1250 17:1250
servergraph 6:1251 17:1251
bspne-pcc 6:1252 17:1252
q55-pcc 6:1253 17:1253
de-noc 6:1254 17:1254
de-cache-query 6:1255 17:1255
de-server 6:1256 17:1256
shockwave2 6:1257 17:1257
opennl 6:1258 17:1258
opennl-voice 6:1259 17:1259
ibm-ssd 6:1260 17:1260
mpshrsv 6:1261 17:1261
qnts-orb 6:1262 17:1262
dka 6:1263 17:1263
prat 6:1264 17:1264
dssiapi 6:1265 17:1265
dellpwrappks 6:1266 17:1266
epc 6:1267 17:1267
propel-msgsys 6:1268 17:1268
watilapp 6:1269 17:1269
opsmgr 6:1270 17:1270
excw 6:1271 17:1271
cspmlockmgr 6:1272 17:1272
emc-gateway 6:1273 17:1273
t1distproc 6:1274 17:1274
ivcollector 6:1275 17:1275
miva-mqs 6:1277 17:1277
dellwebadmin-1 6:1278 17:1278
dellwebadmin-2 6:1279 17:1279
pictrography 6:1280 17:1280
healthd 6:1281 17:1281
emperion 6:1282 17:1282
productinfo 6:1283 17:1283
iee-qfx 6:1284 17:1284
neoiface 6:1285 17:1285
netuitive 6:1286 17:1286
routematch 6:1287 17:1287
navbuddy 6:1288 17:1288
jwalkserver 6:1289 17:1289
winjaserver 6:1290 17:1290
seagulllms 6:1291 17:1291
dsdn 6:1292 17:1292
pkt-krb-ipsec 6:1293 17:1293
cmmdriver 6:1294 17:1294
ehtp 6:1295 17:1295
dproxy 6:1296 17:1296
sdproxy 6:1297 17:1297
lpcp 6:1298 17:1298
hp-sci 6:1299 17:1299
h323hostcallsc 6:1300 17:1300
sftsrv 6:1303 17:1303
boomerang 6:1304 17:1304
pe-mike 6:1305 17:1305
re-conn-proto 6:1306 17:1306
pacmand 6:1307 17:1307
odsi 6:1308 17:1308
jtag-server 6:1309 17:1309
husky 6:1310 17:1310
rxmon 6:1311 17:1311
sti-envision 6:1312 17:1312
bmc-patroldb 6:1313 17:1313
pdps 6:1314 17:1314
els 6:1315 17:1315
exbit-escp 6:1316 17:1316
vrts-ipcserver 6:1317 17:1317
krb5gatekeeper 6:1318 17:1318
amx-icsp 6:1319 17:1319
amx-axbnet 6:1320 17:1320
novation 6:1322 17:1322
brcd 6:1323 17:1323
delta-mcp 6:1324 17:1324
dx-instrument 6:1325 17:1325
wimsic 6:1326 17:1326
ultrex 6:1327 17:1327
ewall 6:1328 17:1328
netdb-export 6:1329 17:1329
streetperfect 6:1330 17:1330
intersan 6:1331 17:1331
pcia-rxp-b 6:1332 17:1332
passwrd-policy 6:1333 17:1333
writesrv 6:1334 17:1334
digital-notary 6:1335 17:1335
ischat 6:1336 17:1336
menandmice-dns 6:1337 17:1337
wmc-log-svc 6:1338 17:1338
kjtsiteserver 6:1339 17:1339
naap 6:1340 17:1340
qubes 6:1341 17:1341
esbroker 6:1342 17:1342
re101 6:1343 17:1343
icap 6:1344 17:1344
vpjp 6:1345 17:1345
alta-ana-lm 6:1346 17:1346
bbn-mmc 6:1347 17:1347
bbn-mmx 6:1348 17:1348
sbook 6:1349 17:1349
editbench 6:1350 17:1350
equationbuilder 6:1351 17:1351
lotusnote 6:1352 17:1352
relief 6:1353 17:1353
XSIP-network 6:1354 17:1354
intuitive-edge 6:1355 17:1355
cuillamartin 6:1356 17:1356
pegboard 6:1357 17:1357
connlcli 6:1358 17:1358
ftsrv 6:1359 17:1359
mimer 6:1360 17:1360
linx 6:1361 17:1361
timeflies 6:1362 17:1362
ndm-requester 6:1363 17:1363
ndm-server 6:1364 17:1364
adapt-sna 6:1365 17:1365
netware-csp 6:1366 17:1366
dcs 6:1367 17:1367
screencast 6:1368 17:1368
gv-us 6:1369 17:1369
us-gv 6:1370 17:1370
fc-cli 6:1371 17:1371
fc-ser 6:1372 17:1372
chromagrafx 6:1373 17:1373
molly 6:1374 17:1374
bytex 6:1375 17:1375
ibm-pps 6:1376 17:1376
cichlid 6:1377 17:1377
elan 6:1378 17:1378
dbreporter 6:1379 17:1379
telesis-licman 6:1380 17:1380
apple-licman 6:1381 17:1381
udt-os 6:1382 17:1382 6:3900 17:3900
gwha 6:1383 17:1383
os-licman 6:1384 17:1384
atex-elmd 6:1385 17:1385
checksum 6:1386 17:1386
cadsi-lm 6:1387 17:1387
objective-dbc 6:1388 17:1388
iclpv-dm 6:1389 17:1389
iclpv-sc 6:1390 17:1390
iclpv-sas 6:1391 17:1391
iclpv-pm 6:1392 17:1392
iclpv-nls 6:1393 17:1393
iclpv-nlc 6:1394 17:1394
iclpv-wsm 6:1395 17:1395
dvl-activemail 6:1396 17:1396
audio-activmail 6:1397 17:1397
video-activmail 6:1398 17:1398
cadkey-licman 6:1399 17:1399
cadkey-tablet 6:1400 17:1400
goldleaf-licman 6:1401 17:1401
prm-sm-np 6:1402 17:1402
prm-nm-np 6:1403 17:1403
igi-lm 6:1404 17:1404
ibm-res 6:1405 17:1405
netlabs-lm 6:1406 17:1406
tibet-server 6:1407
sophia-lm 6:1408 17:1408
here-lm 6:1409 17:1409
hiq 6:1410 17:1410
af 6:1411 17:1411
innosys 6:1412 17:1412
innosys-acl 6:1413 17:1413
ibm-mqseries 6:1414 17:1414
dbstar 6:1415 17:1415
novell-lu6-2 6:1416 17:1416
timbuktu-srv1 6:1417 17:1417
timbuktu-srv2 6:1418 17:1418
timbuktu-srv3 6:1419 17:1419
timbuktu-srv4 6:1420 17:1420
gandalf-lm 6:1421 17:1421
autodesk-lm 6:1422 17:1422
essbase 6:1423 17:1423
hybrid 6:1424 17:1424
zion-lm 6:1425 17:1425
sais 6:1426 17:1426
mloadd 6:1427 17:1427
informatik-lm 6:1428 17:1428
nms 6:1429 17:1429
tpdu 6:1430 17:1430
rgtp 6:1431 17:1431
blueberry-lm 6:1432 17:1432
ms-sql-s 6:1433 17:1433
ms-sql-m 6:1434 17:1434
ibm-cics 6:1435 17:1435
saism 6:1436 17:1436
tabula 6:1437 17:1437
eicon-server 6:1438 17:1438
eicon-x25 6:1439 17:1439
eicon-slp 6:1440 17:1440
cadis-1 6:1441 17:1441
cadis-2 6:1442 17:1442
ies-lm 6:1443 17:1443
marcam-lm 6:1444 17:1444
proxima-lm 6:1445 17:1445
ora-lm 6:1446 17:1446
apri-lm 6:1447 17:1447
oc-lm 6:1448 17:1448
peport 6:1449 17:1449
dwf 6:1450 17:1450
infoman 6:1451 17:1451
gtegsc-lm 6:1452 17:1452
genie-lm 6:1453 17:1453
interhdl-elmd 6:1454 17:1454
esl-lm 6:1455 17:1455
dca 6:1456 17:1456
valisys-lm 6:1457 17:1457
nrcabq-lm 6:1458 17:1458
proshare1 6:1459 17:1459
proshare2 6:1460 17:1460
ibm-wrless-lan 6:1461 17:1461
world-lm 6:1462 17:1462
nucleus 6:1463 17:1463
msl-lmd 6:1464 17:1464
pipes 6:1465 17:1465
oceansoft-lm 6:1466 17:1466
csdmbase 6:1467 17:1467 6:1471 17:1471
csdm 6:1468 17:1468 6:1472 17:1472
aal-lm 6:1469 17:1469
uaiact 6:1470 17:1470
openmath 6:1473 17:1473
telefinder 6:1474 17:1474
taligent-lm 6:1475 17:1475
clvm-cfg 6:1476 17:1476
ms-sna-server 6:1477 17:1477
ms-sna-base 6:1478 17:1478
dberegister 6:1479 17:1479
pacerforum 6:1480 17:1480
airs 6:1481 17:1481
miteksys-lm 6:1482 17:1482
afs 6:1483 17:1483
confluent 6:1484 17:1484
lansource 6:1485 17:1485
nms-topo-serv 6:1486 17:1486
localinfosrvr 6:1487 17:1487
docstor 6:1488 17:1488
dmdocbroker 6:1489 17:1489
insitu-conf 6:1490 17:1490
stone-design-1 6:1492 17:1492
netmap-lm 6:1493 17:1493
ica 6:1494 17:1494
cvc 6:1495 17:1495
liberty-lm 6:1496 17:1496
rfx-lm 6:1497 17:1497
sybase-sqlany 6:1498 17:1498
fhc 6:1499 17:1499
vlsi-lm 6:1500 17:1500
saiscm 6:1501 17:1501
shivadiscovery 6:1502 17:1502
imtc-mcs 6:1503 17:1503
evb-elm 6:1504 17:1504
funkproxy 6:1505 17:1505
utcd 6:1506 17:1506
symplex 6:1507 17:1507
diagmond 6:1508 17:1508
robcad-lm 6:1509 17:1509
mvx-lm 6:1510 17:1510
3l-l1 6:1511 17:1511
wins 6:1512 17:1512
fujitsu-dtc 6:1513 17:1513
fujitsu-dtcns 6:1514 17:1514
ifor-protocol 6:1515 17:1515
vpad 6:1516 17:1516
vpac 6:1517 17:1517
vpvd 6:1518 17:1518
vpvc 6:1519 17:1519
atm-zip-office 6:1520 17:1520
ncube-lm 6:1521 17:1521
ricardo-lm 6:1522 17:1522 6:6148 17:6148
cichild-lm 6:1523 17:1523
ingreslock 6:1524 17:1524
orasrv 6:1525 17:1525
pdap-np 6:1526 17:1526
tlisrv 6:1527 17:1527
norp 6:1528 17:1528 132:1528
coauthor 6:1529 17:1529
rap-service 6:1530 17:1530
rap-listen 6:1531 17:1531
miroconnect 6:1532 17:1532
virtual-places 6:1533 17:1533
micromuse-lm 6:1534 17:1534
ampr-info 6:1535 17:1535
ampr-inter 6:1536 17:1536
sdsc-lm 6:1537 17:1537
3ds-lm 6:1538 17:1538
intellistor-lm 6:1539 17:1539
rds 6:1540 17:1540
rds2 6:1541 17:1541
gridgen-elmd 6:1542 17:1542
simba-cs 6:1543 17:1543
aspeclmd 6:1544 17:1544
vistium-share 6:1545 17:1545
abbaccuray 6:1546 17:1546
laplink 6:1547 17:1547
axon-lm 6:1548 17:1548
shivahose 6:1549
shivasound 17:1549
3m-image-lm 6:1550 17:1550
hecmtl-db 6:1551 17:1551
pciarray 6:1552 17:1552
sna-cs 6:1553 17:1553
caci-lm 6:1554 17:1554
livelan 6:1555 17:1555
veritas-pbx 6:1556 17:1556
arbortext-lm 6:1557 17:1557
xingmpeg 6:1558 17:1558
web2host 6:1559 17:1559
asci-val 6:1560 17:1560
facilityview 6:1561 17:1561
pconnectmgr 6:1562 17:1562
cadabra-lm 6:1563 17:1563
pay-per-view 6:1564 17:1564
winddlb 6:1565 17:1565
corelvideo 6:1566 17:1566
jlicelmd 6:1567 17:1567
tsspmap 6:1568 17:1568
ets 6:1569 17:1569
orbixd 6:1570 17:1570
rdb-dbs-disp 6:1571 17:1571
chip-lm 6:1572 17:1572
itscomm-ns 6:1573 17:1573
mvel-lm 6:1574 17:1574
oraclenames 6:1575 17:1575
moldflow-lm 6:1576 17:1576
hypercube-lm 6:1577 17:1577
jacobus-lm 6:1578 17:1578
ioc-sea-lm 6:1579 17:1579
tn-tl-r1 6:1580
tn-tl-r2 17:1580
mil-2045-47001 6:1581 17:1581
msims 6:1582 17:1582
simbaexpress 6:1583 17:1583
tn-tl-fd2 6:1584 17:1584
intv 6:1585 17:1585
ibm-abtact 6:1586 17:1586
pra-elmd 6:1587 17:1587
triquest-lm 6:1588 17:1588
vqp 6:1589 17:1589
gemini-lm 6:1590 17:1590
ncpm-pm 6:1591 17:1591
commonspace 6:1592 17:1592
mainsoft-lm 6:1593 17:1593
sixtrak 6:1594 17:1594
radio 6:1595 17:1595
radio-sm 6:1596
radio-bc 17:1596
orbplus-iiop 6:1597 17:1597
picknfs 6:1598 17:1598
simbaservices 6:1599 17:1599
issd 6:1600 17:1600
aas 6:1601 17:1601
inspect 6:1602 17:1602
picodbc 6:1603 17:1603
icabrowser 6:1604 17:1604
slp 6:1605 17:1605
slm-api 6:1606 17:1606
stt 6:1607 17:1607
smart-lm 6:1608 17:1608
isysg-lm 6:1609 17:1609
taurus-wh 6:1610 17:1610
ill 6:1611 17:1611
netbill-trans 6:1612 17:1612
netbill-keyrep 6:1613 17:1613
netbill-cred 6:1614 17:1614
netbill-auth 6:1615 17:1615
netbill-prod 6:1616 17:1616
nimrod-agent 6:1617 17:1617
skytelnet 6:1618 17:1618
xs-openstorage 6:1619 17:1619
faxportwinport 6:1620 17:1620
softdataphone 6:1621 17:1621
ontime 6:1622 17:1622
jaleosnd 6:1623 17:1623
udp-sr-port 6:1624 17:1624
svs-omagent 6:1625 17:1625
shockwave 6:1626 17:1626
t128-gateway 6:1627 17:1627
lontalk-norm 6:1628 17:1628
lontalk-urgnt 6:1629 17:1629
oraclenet8cman 6:1630 17:1630
visitview 6:1631 17:1631
pammratc 6:1632 17:1632
pammrpc 6:1633 17:1633
loaprobe 6:1634 17:1634
edb-server1 6:1635 17:1635
isdc 6:1636 17:1636
islc 6:1637 17:1637
ismc 6:1638 17:1638
cert-initiator 6:1639 17:1639
cert-responder 6:1640 17:1640
invision 6:1641 17:1641
isis-am 6:1642 17:1642
isis-ambc 6:1643 17:1643
saiseh 6:1644 17:1644
sightline 6:1645 17:1645
sa-msg-port 6:1646 17:1646
rsap 6:1647 17:1647
concurrent-lm 6:1648 17:1648
kermit 6:1649 17:1649
nkd 6:1650 17:1650
shiva-confsrvr 6:1651 17:1651
xnmp 6:1652 17:1652
alphatech-lm 6:1653 17:1653
stargatealerts 6:1654 17:1654
dec-mbadmin 6:1655 17:1655
dec-mbadmin-h 6:1656 17:1656
fujitsu-mmpdc 6:1657 17:1657
sixnetudr 6:1658 17:1658
sg-lm 6:1659 17:1659
skip-mc-gikreq 6:1660 17:1660
netview-aix-1 6:1661 17:1661
netview-aix-2 6:1662 17:1662
netview-aix-3 6:1663 17:1663
netview-aix-4 6:1664 17:1664
netview-aix-5 6:1665 17:1665
netview-aix-6 6:1666 17:1666
netview-aix-7 6:1667 17:1667
netview-aix-8 6:1668 17:1668
netview-aix-9 6:1669 17:1669
netview-aix-10 6:1670 17:1670
netview-aix-11 6:1671 17:1671
netview-aix-12 6:1672 17:1672
proshare-mc-1 6:1673 17:1673
proshare-mc-2 6:1674 17:1674
pdp 6:1675 17:1675
netcomm1 6:1676
netcomm2 17:1676
groupwise 6:1677 17:1677
prolink 6:1678 17:1678
darcorp-lm 6:1679 17:1679
microcom-sbp 6:1680 17:1680
sd-elmd 6:1681 17:1681
lanyon-lantern 6:1682 17:1682
ncpm-hip 6:1683 17:1683
snaresecure 6:1684 17:1684
n2nremote 6:1685 17:1685
cvmon 6:1686 17:1686
nsjtp-ctrl 6:1687 17:1687
nsjtp-data 6:1688 17:1688
firefox 6:1689 17:1689
ng-umds 6:1690 17:1690
empire-empuma 6:1691 17:1691
sstsys-lm 6:1692 17:1692
rrirtr 6:1693 17:1693
rrimwm 6:1694 17:1694
rrilwm 6:1695 17:1695
rrifmm 6:1696 17:1696
rrisat 6:1697 17:1697
rsvp-encap-1 6:1698 17:1698
rsvp-encap-2 6:1699 17:1699
mps-raft 6:1700 17:1700
l2f 6:1701 17:1701
deskshare 6:1702 17:1702
hb-engine 6:1703 17:1703
bcs-broker 6:1704 17:1704
slingshot 6:1705 17:1705
jetform 6:1706 17:1706
vdmplay 6:1707 17:1707
gat-lmd 6:1708 17:1708
centra 6:1709 17:1709
impera 6:1710 17:1710
pptconference 6:1711 17:1711
registrar 6:1712 17:1712
conferencetalk 6:1713 17:1713
sesi-lm 6:1714 17:1714
houdini-lm 6:1715 17:1715
xmsg 6:1716 17:1716
fj-hdnet 6:1717 17:1717
h323gatedisc 6:1718 17:1718
h323gatestat 6:1719 17:1719
h323hostcall 6:1720 17:1720 132:1720
caicci 6:1721 17:1721
hks-lm 6:1722 17:1722
pptp 6:1723 17:1723
csbphonemaster 6:1724 17:1724
iden-ralp 6:1725 17:1725
iberiagames 6:1726 17:1726
winddx 6:1727 17:1727
telindus 6:1728 17:1728
citynl 6:1729 17:1729
roketz 6:1730 17:1730
msiccp 6:1731 17:1731
proxim 6:1732 17:1732
siipat 6:1733 17:1733
cambertx-lm 6:1734 17:1734
privatechat 6:1735 17:1735
street-stream 6:1736 17:1736
ultimad 6:1737 17:1737
gamegen1 6:1738 17:1738
webaccess 6:1739 17:1739
encore 6:1740 17:1740
cisco-net-mgmt 6:1741 17:1741
3Com-nsd 6:1742 17:1742
cinegrfx-lm 6:1743 17:1743
ncpm-ft 6:1744 17:1744
remote-winsock 6:1745 17:1745
ftrapid-1 6:1746 17:1746
ftrapid-2 6:1747 17:1747
oracle-em1 6:1748 17:1748
aspen-services 6:1749 17:1749
sslp 6:1750 17:1750
swiftnet 6:1751 17:1751
lofr-lm 6:1752 17:1752
predatar-comms 6:1753
oracle-em2 6:1754 17:1754
ms-streaming 6:1755 17:1755
capfast-lmd 6:1756 17:1756
cnhrp 6:1757 17:1757
tftp-mcast 6:1758 17:1758
spss-lm 6:1759 17:1759
www-ldap-gw 6:1760 17:1760
cft-0 6:1761 17:1761
cft-1 6:1762 17:1762
cft-2 6:1763 17:1763
cft-3 6:1764 17:1764
cft-4 6:1765 17:1765
cft-5 6:1766 17:1766
cft-6 6:1767 17:1767
cft-7 6:1768 17:1768
bmc-net-adm 6:1769 17:1769
bmc-net-svc 6:1770 17:1770
vaultbase 6:1771 17:1771
essweb-gw 6:1772 17:1772
kmscontrol 6:1773 17:1773
global-dtserv 6:1774 17:1774
vdab 6:1775
femis 6:1776 17:1776
powerguardian 6:1777 17:1777
prodigy-intrnet 6:1778 17:1778
pharmasoft 6:1779 17:1779
dpkeyserv 6:1780 17:1780
answersoft-lm 6:1781 17:1781
hp-hcip 6:1782 17:1782
finle-lm 6:1784 17:1784
windlm 6:1785 17:1785
funk-logger 6:1786 17:1786
funk-license 6:1787 17:1787
psmond 6:1788 17:1788
hello 6:1789 17:1789
ea1 6:1791 17:1791
ibm-dt-2 6:1792 17:1792
rsc-robot 6:1793 17:1793
cera-bcm 6:1794 17:1794
dpi-proxy 6:1795 17:1795
vocaltec-admin 6:1796 17:1796
etp 6:1798 17:1798
netrisk 6:1799 17:1799
ansys-lm 6:1800 17:1800
msmq 6:1801 17:1801
concomp1 6:1802 17:1802
hp-hcip-gwy 6:1803 17:1803
enl 6:1804 17:1804
enl-name 6:1805 17:1805
musiconline 6:1806 17:1806
fhsp 6:1807 17:1807
oracle-vp2 6:1808 17:1808
oracle-vp1 6:1809 17:1809
jerand-lm 6:1810 17:1810
scientia-sdb 6:1811 17:1811
radius 6:1812 17:1812
radius-acct 6:1813 17:1813
tdp-suite 6:1814 17:1814
mmpft 6:1815 17:1815
harp 6:1816 17:1816
rkb-oscs 6:1817 17:1817
etftp 6:1818 17:1818
plato-lm 6:1819 17:1819
mcagent 6:1820 17:1820
donnyworld 6:1821 17:1821
es-elmd 6:1822 17:1822
unisys-lm 6:1823 17:1823
metrics-pas 6:1824 17:1824
direcpc-video 6:1825 17:1825
ardt 6:1826 17:1826
asi 6:1827 17:1827
itm-mcell-u 6:1828 17:1828
optika-emedia 6:1829 17:1829
net8-cman 6:1830 17:1830
myrtle 6:1831 17:1831
tht-treasure 6:1832 17:1832
udpradio 6:1833 17:1833
ardusuni 6:1834 17:1834
ardusmul 6:1835 17:1835
ste-smsc 6:1836 17:1836
csoft1 6:1837 17:1837
talnet 6:1838 17:1838
netopia-vo1 6:1839 17:1839
netopia-vo2 6:1840 17:1840
netopia-vo3 6:1841 17:1841
netopia-vo4 6:1842 17:1842
netopia-vo5 6:1843 17:1843
direcpc-dll 6:1844 17:1844
altalink 6:1845 17:1845
tunstall-pnc 6:1846 17:1846
slp-notify 6:1847 17:1847
fjdocdist 6:1848 17:1848
alpha-sms 6:1849 17:1849
gsi 6:1850 17:1850
ctcd 6:1851 17:1851
virtual-time 6:1852 17:1852
vids-avtp 6:1853 17:1853
buddy-draw 6:1854 17:1854
fiorano-rtrsvc 6:1855 17:1855
fiorano-msgsvc 6:1856 17:1856
datacaptor 6:1857 17:1857
privateark 6:1858 17:1858
gammafetchsvr 6:1859 17:1859
sunscalar-svc 6:1860 17:1860
lecroy-vicp 6:1861 17:1861
mysql-cm-agent 6:1862 17:1862
msnp 6:1863 17:1863
paradym-31port 6:1864 17:1864
entp 6:1865 17:1865
swrmi 6:1866 17:1866
udrive 6:1867 17:1867
viziblebrowser 6:1868 17:1868
transact 6:1869 17:1869
sunscalar-dns 6:1870 17:1870
canocentral0 6:1871 17:1871
canocentral1 6:1872 17:1872
fjmpjps 6:1873 17:1873
fjswapsnp 6:1874 17:1874
westell-stats 6:1875 17:1875
ewcappsrv 6:1876 17:1876
hp-webqosdb 6:1877 17:1877
drmsmc 6:1878 17:1878
nettgain-nms 6:1879 17:1879
vsat-control 6:1880 17:1880
ibm-mqseries2 6:1881 17:1881
ecsqdmn 6:1882 17:1882
mqtt 6:1883 17:1883
idmaps 6:1884 17:1884
vrtstrapserver 6:1885 17:1885
leoip 6:1886 17:1886
filex-lport 6:1887 17:1887
ncconfig 6:1888 17:1888
unify-adapter 6:1889 17:1889
wilkenlistener 6:1890 17:1890
childkey-notif 6:1891 17:1891
childkey-ctrl 6:1892 17:1892
elad 6:1893 17:1893
o2server-port 6:1894 17:1894
b-novative-ls 6:1896 17:1896
metaagent 6:1897 17:1897
cymtec-port 6:1898 17:1898
mc2studios 6:1899 17:1899
ssdp 6:1900 17:1900
fjicl-tep-a 6:1901 17:1901
fjicl-tep-b 6:1902 17:1902
linkname 6:1903 17:1903
fjicl-tep-c 6:1904 17:1904
sugp 6:1905 17:1905
tpmd 6:1906 17:1906
intrastar 6:1907 17:1907
dawn 6:1908 17:1908
global-wlink 6:1909 17:1909
ultrabac 6:1910 17:1910
mtp 6:1911 17:1911
rhp-iibp 6:1912 17:1912
armadp 6:1913 17:1913
elm-momentum 6:1914 17:1914
facelink 6:1915 17:1915
persona 6:1916 17:1916
noagent 6:1917 17:1917
can-nds 6:1918 17:1918
can-dch 6:1919 17:1919
can-ferret 6:1920 17:1920
noadmin 6:1921 17:1921
tapestry 6:1922 17:1922
spice 6:1923 17:1923
xiip 6:1924 17:1924
discovery-port 6:1925 17:1925
egs 6:1926 17:1926
videte-cipc 6:1927 17:1927
emsd-port 6:1928 17:1928
bandwiz-system 6:1929 17:1929
driveappserver 6:1930 17:1930
amdsched 6:1931 17:1931
ctt-broker 6:1932 17:1932
xmapi 6:1933 17:1933
xaapi 6:1934 17:1934
macromedia-fcs 6:1935 17:1935
jetcmeserver 6:1936 17:1936
jwserver 6:1937 17:1937
jwclient 6:1938 17:1938
jvserver 6:1939 17:1939
jvclient 6:1940 17:1940
dic-aida 6:1941 17:1941
res 6:1942 17:1942
beeyond-media 6:1943 17:1943
close-combat 6:1944 17:1944
dialogic-elmd 6:1945 17:1945
tekpls 6:1946 17:1946
sentinelsrm 6:1947 17:1947
eye2eye 6:1948 17:1948
ismaeasdaqlive 6:1949 17:1949
ismaeasdaqtest 6:1950 17:1950
bcs-lmserver 6:1951 17:1951
mpnjsc 6:1952 17:1952
rapidbase 6:1953 17:1953
abr-api 6:1954 17:1954
abr-secure 6:1955 17:1955
vrtl-vmf-ds 6:1956 17:1956
unix-status 6:1957 17:1957
dxadmind 6:1958 17:1958
simp-all 6:1959 17:1959
nasmanager 6:1960 17:1960
bts-appserver 6:1961 17:1961
biap-mp 6:1962 17:1962
webmachine 6:1963 17:1963
solid-e-engine 6:1964 17:1964
tivoli-npm 6:1965 17:1965
slush 6:1966 17:1966
sns-quote 6:1967 17:1967
lipsinc 6:1968 17:1968
lipsinc1 6:1969 17:1969
netop-rc 6:1970 17:1970
netop-school 6:1971 17:1971
intersys-cache 6:1972 17:1972
dlsrap 6:1973 17:1973
drp 6:1974 17:1974
tcoflashagent 6:1975 17:1975
tcoregagent 6:1976 17:1976
tcoaddressbook 6:1977 17:1977
unisql 6:1978 17:1978
unisql-java 6:1979 17:1979
panquest-xact 6:1980 17:1980
p2pq 6:1981 17:1981
estamp 6:1982 17:1982
lhtp 6:1983 17:1983
bb 6:1984 17:1984
hsrp 6:1985 17:1985
licensedaemon 6:1986 17:1986
tr-rsrb-p1 6:1987 17:1987
tr-rsrb-p2 6:1988 17:1988
tr-rsrb-p3 6:1989 17:1989
stun-p1 6:1990 17:1990
stun-p2 6:1991 17:1991
stun-p3 6:1992 17:1992
snmp-tcp-port 6:1993 17:1993
stun-port 6:1994 17:1994
perf-port 6:1995 17:1995
tr-rsrb-port 6:1996 17:1996
gdp-port 6:1997 17:1997
x25-svc-port 6:1998 17:1998
tcp-id-port 6:1999 17:1999
cisco-sccp 6:2000 17:2000
dc 6:2001
wizard 17:2001
globe 6:2002 17:2002
brutus 6:2003 17:2003
mailbox 6:2004
emce 17:2004
berknet 6:2005
oracle 17:2005
invokator 6:2006
raid-cd 17:2006 17:2013
dectalk 6:2007
raid-am 17:2007 6:2013
conf 6:2008
terminaldb 17:2008 6:2018
news 6:2009
whosockami 17:2009 6:2019
search 6:2010
pipe-server 17:2010
raid-cc 6:2011
servserv 17:2011
ttyinfo 6:2012
raid-ac 17:2012
troff 6:2014
raid-sf 17:2014
cypress 6:2015
raid-cs 17:2015
bootserver 6:2016 17:2016
cypress-stat 6:2017
bootclient 17:2017
rellpack 17:2018
about 17:2019
xinupageserver 6:2020 17:2020
servexec 6:2021
xinuexpansion1 17:2021
down 6:2022
xinuexpansion2 17:2022
xinuexpansion3 6:2023 17:2023
xinuexpansion4 6:2024 17:2024
ellpack 6:2025
xribs 17:2025
scrabble 6:2026 17:2026
shadowserver 6:2027 17:2027
submitserver 6:2028 17:2028
hsrpv6 6:2029 17:2029
device2 6:2030 17:2030
mobrien-chat 6:2031 17:2031
blackboard 6:2032 17:2032
glogger 6:2033 17:2033
scoremgr 6:2034 17:2034
imsldoc 6:2035 17:2035
e-dpnet 6:2036 17:2036
applus 6:2037 17:2037
objectmanager 6:2038 17:2038
prizma 6:2039 17:2039
lam 6:2040 17:2040
interbase 6:2041 17:2041
isis 6:2042 17:2042
isis-bcast 6:2043 17:2043
rimsl 6:2044 17:2044
cdfunc 6:2045 17:2045
sdfunc 6:2046 17:2046
dls-monitor 6:2048 17:2048
nfs 6:2049 17:2049 132:2049
av-emb-config 6:2050 17:2050
epnsdp 6:2051 17:2051
clearvisn 6:2052 17:2052
lot105-ds-upd 6:2053 17:2053
weblogin 6:2054 17:2054
iop 6:2055 17:2055
omnisky 6:2056 17:2056
rich-cp 6:2057 17:2057
newwavesearch 6:2058 17:2058
bmc-messaging 6:2059 17:2059
teleniumdaemon 6:2060 17:2060
netmount 6:2061 17:2061
icg-swp 6:2062 17:2062
icg-bridge 6:2063 17:2063
icg-iprelay 6:2064 17:2064
dlsrpn 6:2065 17:2065
aura 6:2066 17:2066
dlswpn 6:2067 17:2067
avauthsrvprtcl 6:2068 17:2068
event-port 6:2069 17:2069
ah-esp-encap 6:2070 17:2070
acp-port 6:2071 17:2071
msync 6:2072 17:2072
gxs-data-port 6:2073 17:2073
vrtl-vmf-sa 6:2074 17:2074
newlixengine 6:2075 17:2075
newlixconfig 6:2076 17:2076
tsrmagt 6:2077 17:2077
tpcsrvr 6:2078 17:2078
idware-router 6:2079 17:2079
autodesk-nlm 6:2080 17:2080
kme-trap-port 6:2081 17:2081
infowave 6:2082 17:2082
radsec 6:2083 17:2083
sunclustergeo 6:2084 17:2084
ada-cip 6:2085 17:2085
gnunet 6:2086 17:2086
eli 6:2087 17:2087
ip-blf 6:2088 17:2088
sep 6:2089 17:2089
lrp 6:2090 17:2090
prp 6:2091 17:2091
descent3 6:2092 17:2092
nbx-cc 6:2093 17:2093
nbx-au 6:2094 17:2094
nbx-ser 6:2095 17:2095
nbx-dir 6:2096 17:2096
jetformpreview 6:2097 17:2097
dialog-port 6:2098 17:2098
h2250-annex-g 6:2099 17:2099
amiganetfs 6:2100 17:2100
rtcm-sc104 6:2101 17:2101
zephyr-srv 6:2102 17:2102
zephyr-clt 6:2103 17:2103
zephyr-hm 6:2104 17:2104
minipay 6:2105 17:2105
mzap 6:2106 17:2106
bintec-admin 6:2107 17:2107
comcam 6:2108 17:2108
ergolight 6:2109 17:2109
umsp 6:2110 17:2110
dsatp 6:2111 17:2111
idonix-metanet 6:2112 17:2112
hsl-storm 6:2113 17:2113
ariascribe 6:2114 17:2114
kdm 6:2115 17:2115
ccowcmr 6:2116 17:2116
mentaclient 6:2117 17:2117
mentaserver 6:2118 17:2118
gsigatekeeper 6:2119 17:2119
qencp 6:2120 17:2120
scientia-ssdb 6:2121 17:2121
caupc-remote 6:2122 17:2122
gtp-control 6:2123 17:2123
elatelink 6:2124 17:2124
lockstep 6:2125 17:2125
pktcable-cops 6:2126 17:2126
index-pc-wb 6:2127 17:2127
net-steward 6:2128 17:2128
cs-live 6:2129 17:2129
xds 6:2130 17:2130
avantageb2b 6:2131 17:2131
solera-epmap 6:2132 17:2132
zymed-zpp 6:2133 17:2133
avenue 6:2134 17:2134
gris 6:2135 17:2135
appworxsrv 6:2136 17:2136
connect 6:2137 17:2137
unbind-cluster 6:2138 17:2138
ias-auth 6:2139 17:2139
ias-reg 6:2140 17:2140
ias-admind 6:2141 17:2141
tdmoip 6:2142 17:2142
lv-jc 6:2143 17:2143
lv-ffx 6:2144 17:2144
lv-pici 6:2145 17:2145
lv-not 6:2146 17:2146
lv-auth 6:2147 17:2147
veritas-ucl 6:2148 17:2148
acptsys 6:2149 17:2149
dynamic3d 6:2150 17:2150
docent 6:2151 17:2151
gtp-user 6:2152 17:2152
ctlptc 6:2153 17:2153
stdptc 6:2154 17:2154
brdptc 6:2155 17:2155
trp 6:2156 17:2156
xnds 6:2157 17:2157
touchnetplus 6:2158 17:2158
gdbremote 6:2159 17:2159
apc-2160 6:2160 17:2160
apc-2161 6:2161 17:2161
navisphere 6:2162 17:2162
navisphere-sec 6:2163 17:2163
ddns-v3 6:2164 17:2164
x-bone-api 6:2165 17:2165
iwserver 6:2166 17:2166
raw-serial 6:2167 17:2167
easy-soft-mux 6:2168 17:2168
brain 6:2169 17:2169
eyetv 6:2170 17:2170
msfw-storage 6:2171 17:2171
msfw-s-storage 6:2172 17:2172
msfw-replica 6:2173 17:2173
msfw-array 6:2174 17:2174
airsync 6:2175 17:2175
rapi 6:2176 17:2176
qwave 6:2177 17:2177
bitspeer 6:2178 17:2178
vmrdp 6:2179 17:2179
mc-gt-srv 6:2180 17:2180
eforward 6:2181 17:2181
cgn-stat 6:2182 17:2182
cgn-config 6:2183 17:2183
nvd 6:2184 17:2184 6:2329 17:2329
onbase-dds 6:2185 17:2185
gtaua 6:2186 17:2186
ssmc 6:2187
ssmd 17:2187
radware-rpm 6:2188
radware-rpm-s 6:2189
tivoconnect 6:2190 17:2190
tvbus 6:2191 17:2191
asdis 6:2192 17:2192
drwcs 6:2193 17:2193
mnp-exchange 6:2197 17:2197
onehome-remote 6:2198 17:2198
onehome-help 6:2199 17:2199
ats 6:2201 17:2201
imtc-map 6:2202 17:2202
b2-runtime 6:2203 17:2203
b2-license 6:2204 17:2204
jps 6:2205 17:2205
hpocbus 6:2206 17:2206
hpssd 6:2207 17:2207
hpiod 6:2208 17:2208
rimf-ps 6:2209 17:2209
noaaport 6:2210 17:2210
emwin 6:2211 17:2211
leecoposserver 6:2212 17:2212
kali 6:2213 17:2213
rpi 6:2214 17:2214
ipcore 6:2215 17:2215
vtu-comms 6:2216 17:2216
gotodevice 6:2217 17:2217
bounzza 6:2218 17:2218
netiq-ncap 6:2219 17:2219
netiq 6:2220 17:2220
ethernet-ip-s 6:2221 17:2221
EtherNet-IP-1 6:2222 17:2222
rockwell-csp2 6:2223 17:2223
efi-mg 6:2224 17:2224
rcip-itu 6:2225 132:2225
di-drm 6:2226 17:2226
di-msg 6:2227 17:2227
ehome-ms 6:2228 17:2228
datalens 6:2229 17:2229
queueadm 6:2230 17:2230
wimaxasncp 6:2231 17:2231
ivs-video 6:2232 17:2232
infocrypt 6:2233 17:2233
directplay 6:2234 17:2234
sercomm-wlink 6:2235 17:2235
nani 6:2236 17:2236
optech-port1-lm 6:2237 17:2237
aviva-sna 6:2238 17:2238
imagequery 6:2239 17:2239
recipe 6:2240 17:2240
ivsd 6:2241 17:2241
foliocorp 6:2242 17:2242
magicom 6:2243 17:2243
nmsserver 6:2244 17:2244
hao 6:2245 17:2245
pc-mta-addrmap 6:2246 17:2246
antidotemgrsvr 6:2247 17:2247
ums 6:2248 17:2248
rfmp 6:2249 17:2249
remote-collab 6:2250 17:2250
dif-port 6:2251 17:2251
njenet-ssl 6:2252 17:2252
dtv-chan-req 6:2253 17:2253
seispoc 6:2254 17:2254
vrtp 6:2255 17:2255
pcc-mfp 6:2256 17:2256
simple-tx-rx 6:2257 17:2257
rcts 6:2258 17:2258
bid-serv 6:2259 17:2259
apc-2260 6:2260 17:2260
comotionmaster 6:2261 17:2261
comotionback 6:2262 17:2262
ecwcfg 6:2263 17:2263
apx500api-1 6:2264 17:2264
apx500api-2 6:2265 17:2265
mfserver 6:2266 17:2266
ontobroker 6:2267 17:2267
amt 6:2268 17:2268
mikey 6:2269 17:2269
starschool 6:2270 17:2270
mmcals 6:2271 17:2271
mmcal 6:2272 17:2272
mysql-im 6:2273 17:2273
pcttunnell 6:2274 17:2274
ibridge-data 6:2275 17:2275
ibridge-mgmt 6:2276 17:2276
bluectrlproxy 6:2277 17:2277
s3db 6:2278 17:2278
xmquery 6:2279 17:2279
lnvpoller 6:2280 17:2280
lnvconsole 6:2281 17:2281
lnvalarm 6:2282 17:2282
lnvstatus 6:2283 17:2283
lnvmaps 6:2284 17:2284
lnvmailmon 6:2285 17:2285
nas-metering 6:2286 17:2286
dna 6:2287 17:2287
netml 6:2288 17:2288
dict-lookup 6:2289 17:2289
sonus-logging 6:2290 17:2290
eapsp 6:2291 17:2291
mib-streaming 6:2292 17:2292
npdbgmngr 6:2293 17:2293
konshus-lm 6:2294 17:2294
advant-lm 6:2295 17:2295
theta-lm 6:2296 17:2296
d2k-datamover1 6:2297 17:2297
d2k-datamover2 6:2298 17:2298
pc-telecommute 6:2299 17:2299
cvmmon 6:2300 17:2300
cpq-wbem 6:2301 17:2301
binderysupport 6:2302 17:2302
proxy-gateway 6:2303 17:2303
attachmate-uts 6:2304 17:2304
mt-scaleserver 6:2305 17:2305
tappi-boxnet 6:2306 17:2306
pehelp 6:2307 17:2307
sdhelp 6:2308 17:2308
sdserver 6:2309 17:2309
sdclient 6:2310 17:2310
messageservice 6:2311 17:2311
wanscaler 6:2312 17:2312
iapp 6:2313 17:2313
cr-websystems 6:2314 17:2314
precise-sft 6:2315 17:2315
sent-lm 6:2316 17:2316
attachmate-g32 6:2317 17:2317
cadencecontrol 6:2318 17:2318
infolibria 6:2319 17:2319
siebel-ns 6:2320 17:2320
rdlap 6:2321 17:2321
ofsd 6:2322 17:2322
3d-nfsd 6:2323 17:2323
cosmocall 6:2324 17:2324
ansysli 6:2325 17:2325
idcp 6:2326 17:2326
xingcsm 6:2327 17:2327
netrix-sftm 6:2328 17:2328
tscchat 6:2330 17:2330
agentview 6:2331 17:2331
rcc-host 6:2332 17:2332
snapp 6:2333 17:2333
ace-client 6:2334 17:2334
ace-proxy 6:2335 17:2335
appleugcontrol 6:2336 17:2336
ideesrv 6:2337 17:2337
norton-lambert 6:2338 17:2338
3com-webview 6:2339 17:2339
wrs-registry 6:2340 17:2340
xiostatus 6:2341 17:2341
manage-exec 6:2342 17:2342
nati-logos 6:2343 17:2343
fcmsys 6:2344 17:2344
dbm 6:2345 17:2345
redstorm-join 6:2346 17:2346
redstorm-find 6:2347 17:2347
redstorm-info 6:2348 17:2348
redstorm-diag 6:2349 17:2349
psbserver 6:2350 17:2350
psrserver 6:2351 17:2351
pslserver 6:2352 17:2352
pspserver 6:2353 17:2353
psprserver 6:2354 17:2354
psdbserver 6:2355 17:2355
gxtelmd 6:2356 17:2356
unihub-server 6:2357 17:2357
futrix 6:2358 17:2358
flukeserver 6:2359 17:2359
nexstorindltd 6:2360 17:2360
tl1 6:2361 17:2361
digiman 6:2362 17:2362
mediacntrlnfsd 6:2363 17:2363
oi-2000 6:2364 17:2364
dbref 6:2365 17:2365
qip-login 6:2366 17:2366
service-ctrl 6:2367 17:2367
opentable 6:2368 17:2368
bif-p2p 6:2369 17:2369
l3-hbmon 6:2370 17:2370
lanmessenger 6:2372 17:2372
remographlm 6:2373
hydra 6:2374
docker 6:2375
docker-s 6:2376
swarm 6:2377
dali 17:2378
etcd-client 6:2379
etcd-server 6:2380
compaq-https 6:2381 17:2381
ms-olap3 6:2382 17:2382
ms-olap4 6:2383 17:2383
sd-request 6:2384
sd-capacity 17:2384
sd-data 6:2385 17:2385
virtualtape 6:2386 17:2386
vsamredirector 6:2387 17:2387
mynahautostart 6:2388 17:2388
ovsessionmgr 6:2389 17:2389
rsmtp 6:2390 17:2390
3com-net-mgmt 6:2391 17:2391
tacticalauth 6:2392 17:2392
ms-olap1 6:2393 17:2393
ms-olap2 6:2394 17:2394
lan900-remote 6:2395 17:2395
wusage 6:2396 17:2396
ncl 6:2397 17:2397
orbiter 6:2398 17:2398
fmpro-fdal 6:2399 17:2399
opequus-server 6:2400 17:2400
cvspserver 6:2401 17:2401
taskmaster2000 6:2402 17:2402 6:2403 17:2403
iec-104 6:2404 17:2404
trc-netpoll 6:2405 17:2405
jediserver 6:2406 17:2406
orion 6:2407 17:2407
railgun-webaccl 6:2408
sns-protocol 6:2409 17:2409
vrts-registry 6:2410 17:2410
netwave-ap-mgmt 6:2411 17:2411
cdn 6:2412 17:2412
orion-rmi-reg 6:2413 17:2413
beeyond 6:2414 17:2414
codima-rtp 6:2415 17:2415
rmtserver 6:2416 17:2416
composit-server 6:2417 17:2417
cas 6:2418 17:2418
attachmate-s2s 6:2419 17:2419
dslremote-mgmt 6:2420 17:2420
g-talk 6:2421 17:2421
crmsbits 6:2422 17:2422
rnrp 6:2423 17:2423
kofax-svr 6:2424 17:2424
fjitsuappmgr 6:2425 17:2425
vcmp 6:2426 17:2426
mgcp-gateway 6:2427 17:2427
ott 6:2428 17:2428
ft-role 6:2429 17:2429
venus 6:2430 17:2430
venus-se 6:2431 17:2431
codasrv 6:2432 17:2432
codasrv-se 6:2433 17:2433
pxc-epmap 6:2434 17:2434
optilogic 6:2435 17:2435
topx 6:2436 17:2436
unicontrol 6:2437 17:2437 6:2499 17:2499
sybasedbsynch 6:2439 17:2439
spearway 6:2440 17:2440
pvsw-inet 6:2441 17:2441
netangel 6:2442 17:2442
powerclientcsf 6:2443 17:2443
btpp2sectrans 6:2444 17:2444
dtn1 6:2445 17:2445
bues-service 6:2446 17:2446
ovwdb 6:2447 17:2447
hpppssvr 6:2448 17:2448
ratl 6:2449 17:2449
netadmin 6:2450 17:2450
netchat 6:2451 17:2451
snifferclient 6:2452 17:2452
madge-ltd 6:2453 17:2453
indx-dds 6:2454 17:2454
wago-io-system 6:2455 17:2455
altav-remmgt 6:2456 17:2456
rapido-ip 6:2457 17:2457
griffin 6:2458 17:2458
xrpl 6:2459 17:2459
ms-theater 6:2460 17:2460
qadmifoper 6:2461 17:2461
qadmifevent 6:2462 17:2462
lsi-raid-mgmt 6:2463 17:2463
direcpc-si 6:2464 17:2464
lbm 6:2465 17:2465
lbf 6:2466 17:2466
high-criteria 6:2467 17:2467
qip-msgd 6:2468 17:2468
mti-tcs-comm 6:2469 17:2469
taskman-port 6:2470 17:2470
seaodbc 6:2471 17:2471
c3 6:2472 17:2472
aker-cdp 6:2473 17:2473
vitalanalysis 6:2474 17:2474
ace-server 6:2475 17:2475
ace-svr-prop 6:2476 17:2476
ssm-cvs 6:2477 17:2477
ssm-cssps 6:2478 17:2478
ssm-els 6:2479 17:2479
powerexchange 6:2480 17:2480
giop 6:2481 17:2481
giop-ssl 6:2482 17:2482
ttc 6:2483 17:2483
ttc-ssl 6:2484 17:2484
netobjects1 6:2485 17:2485
netobjects2 6:2486 17:2486
pns 6:2487 17:2487
moy-corp 6:2488 17:2488
tsilb 6:2489 17:2489
qip-qdhcp 6:2490 17:2490
conclave-cpp 6:2491 17:2491
groove 6:2492 17:2492
talarian-mqs 6:2493 17:2493
bmc-ar 6:2494 17:2494
fast-rem-serv 6:2495 17:2495
dirgis 6:2496 17:2496
quaddb 6:2497 17:2497
odn-castraq 6:2498 17:2498
rtsserv 6:2500 17:2500
rtsclient 6:2501 17:2501
kentrox-prot 6:2502 17:2502
nms-dpnss 6:2503 17:2503
wlbs 6:2504 17:2504
ppcontrol 6:2505 17:2505
jbroker 6:2506 17:2506
spock 6:2507 17:2507
jdatastore 6:2508 17:2508
fjmpss 6:2509 17:2509
fjappmgrbulk 6:2510 17:2510
metastorm 6:2511 17:2511
citrixima 6:2512 17:2512
citrixadmin 6:2513 17:2513
facsys-ntp 6:2514 17:2514
facsys-router 6:2515 17:2515
maincontrol 6:2516 17:2516
call-sig-trans 6:2517 17:2517
willy 6:2518 17:2518
globmsgsvc 6:2519 17:2519
pvsw 6:2520 17:2520
adaptecmgr 6:2521 17:2521
windb 6:2522 17:2522
qke-llc-v3 6:2523 17:2523
optiwave-lm 6:2524 17:2524
ms-v-worlds 6:2525 17:2525
ema-sent-lm 6:2526 17:2526
iqserver 6:2527 17:2527
ncr-ccl 6:2528 17:2528
utsftp 6:2529 17:2529
vrcommerce 6:2530 17:2530
ito-e-gui 6:2531 17:2531
ovtopmd 6:2532 17:2532
snifferserver 6:2533 17:2533
combox-web-acc 6:2534 17:2534
madcap 6:2535 17:2535
btpp2audctr1 6:2536 17:2536
upgrade 6:2537 17:2537
vnwk-prapi 6:2538 17:2538
vsiadmin 6:2539 17:2539
lonworks 6:2540 17:2540
lonworks2 6:2541 17:2541
udrawgraph 6:2542 17:2542
reftek 6:2543 17:2543
novell-zen 6:2544 17:2544
sis-emt 6:2545 17:2545
vytalvaultbrtp 6:2546 17:2546
vytalvaultvsmp 6:2547 17:2547
vytalvaultpipe 6:2548 17:2548
ipass 6:2549 17:2549
ads 6:2550 17:2550
isg-uda-server 6:2551 17:2551
call-logging 6:2552 17:2552
efidiningport 6:2553 17:2553
vcnet-link-v10 6:2554 17:2554
compaq-wcp 6:2555 17:2555
nicetec-nmsvc 6:2556 17:2556
nicetec-mgmt 6:2557 17:2557
pclemultimedia 6:2558 17:2558
lstp 6:2559 17:2559
labrat 6:2560 17:2560
mosaixcc 6:2561 17:2561
delibo 6:2562 17:2562
cti-redwood 6:2563 17:2563
hp-3000-telnet 6:2564 17:2564
coord-svr 6:2565 17:2565
pcs-pcw 6:2566 17:2566
clp 6:2567 17:2567
spamtrap 6:2568 17:2568
sonuscallsig 6:2569 17:2569
hs-port 6:2570 17:2570
cecsvc 6:2571 17:2571
ibp 6:2572 17:2572
trustestablish 6:2573 17:2573
blockade-bpsp 6:2574 17:2574
hl7 6:2575 17:2575
tclprodebugger 6:2576 17:2576
scipticslsrvr 6:2577 17:2577
rvs-isdn-dcp 6:2578 17:2578
mpfoncl 6:2579 17:2579
tributary 6:2580 17:2580
argis-te 6:2581 17:2581
argis-ds 6:2582 17:2582
mon 6:2583 17:2583 6:9255 17:9255
cyaserv 6:2584 17:2584
netx-server 6:2585 17:2585
netx-agent 6:2586 17:2586
masc 6:2587 17:2587
privilege 6:2588 17:2588
quartus-tcl 6:2589 17:2589
idotdist 6:2590 17:2590
maytagshuffle 6:2591 17:2591
netrek 6:2592 17:2592
mns-mail 6:2593 17:2593
dts 6:2594 17:2594
worldfusion1 6:2595 17:2595
worldfusion2 6:2596 17:2596
homesteadglory 6:2597 17:2597
citriximaclient 6:2598 17:2598
snapd 6:2599 17:2599
hpstgmgr 6:2600 17:2600
discp-client 6:2601 17:2601
discp-server 6:2602 17:2602
servicemeter 6:2603 17:2603
nsc-ccs 6:2604 17:2604
nsc-posa 6:2605 17:2605
netmon 6:2606 17:2606
connection 6:2607 17:2607
wag-service 6:2608 17:2608
system-monitor 6:2609 17:2609
versa-tek 6:2610 17:2610
lionhead 6:2611 17:2611
qpasa-agent 6:2612 17:2612
smntubootstrap 6:2613 17:2613
neveroffline 6:2614 17:2614
firepower 6:2615 17:2615
appswitch-emp 6:2616 17:2616
cmadmin 6:2617 17:2617
priority-e-com 6:2618 17:2618
bruce 6:2619 17:2619
lpsrecommender 6:2620 17:2620
miles-apart 6:2621 17:2621
metricadbc 6:2622 17:2622
lmdp 6:2623 17:2623
aria 6:2624 17:2624
blwnkl-port 6:2625 17:2625
gbjd816 6:2626 17:2626
moshebeeri 6:2627 17:2627
dict 6:2628 17:2628
sitaraserver 6:2629 17:2629
sitaramgmt 6:2630 17:2630
sitaradir 6:2631 17:2631
irdg-post 6:2632 17:2632
interintelli 6:2633 17:2633
pk-electronics 6:2634 17:2634
backburner 6:2635 17:2635
solve 6:2636 17:2636
imdocsvc 6:2637 17:2637
sybaseanywhere 6:2638 17:2638
aminet 6:2639 17:2639
ami-control 6:2640 17:2640
hdl-srv 6:2641 17:2641
tragic 6:2642 17:2642
gte-samp 6:2643 17:2643
travsoft-ipx-t 6:2644 17:2644
novell-ipx-cmd 6:2645 17:2645
and-lm 6:2646 17:2646
syncserver 6:2647 17:2647
upsnotifyprot 6:2648 17:2648
vpsipport 6:2649 17:2649
eristwoguns 6:2650 17:2650
ebinsite 6:2651 17:2651
interpathpanel 6:2652 17:2652
sonus 6:2653 17:2653
corel-vncadmin 6:2654 17:2654
unglue 6:2655 17:2655
kana 6:2656 17:2656
sns-dispatcher 6:2657 17:2657
sns-admin 6:2658 17:2658
sns-query 6:2659 17:2659
gcmonitor 6:2660 17:2660
olhost 6:2661 17:2661
bintec-capi 6:2662 17:2662
bintec-tapi 6:2663 17:2663
patrol-mq-gm 6:2664 17:2664
patrol-mq-nm 6:2665 17:2665
extensis 6:2666 17:2666
alarm-clock-s 6:2667 17:2667
alarm-clock-c 6:2668 17:2668
toad 6:2669 17:2669
tve-announce 6:2670 17:2670
newlixreg 6:2671 17:2671
nhserver 6:2672 17:2672
firstcall42 6:2673 17:2673
ewnn 6:2674 17:2674
ttc-etap 6:2675 17:2675
simslink 6:2676 17:2676
gadgetgate1way 6:2677 17:2677
gadgetgate2way 6:2678 17:2678
syncserverssl 6:2679 17:2679
pxc-sapxom 6:2680 17:2680
mpnjsomb 6:2681 17:2681
ncdloadbalance 6:2683 17:2683
mpnjsosv 6:2684 17:2684
mpnjsocl 6:2685 17:2685
mpnjsomg 6:2686 17:2686
pq-lic-mgmt 6:2687 17:2687
md-cg-http 6:2688 17:2688
fastlynx 6:2689 17:2689
hp-nnm-data 6:2690 17:2690
itinternet 6:2691 17:2691
admins-lms 6:2692 17:2692
pwrsevent 6:2694 17:2694
vspread 6:2695 17:2695
unifyadmin 6:2696 17:2696
oce-snmp-trap 6:2697 17:2697
mck-ivpip 6:2698 17:2698
csoft-plusclnt 6:2699 17:2699
tqdata 6:2700 17:2700
sms-rcinfo 6:2701 17:2701
sms-xfer 6:2702 17:2702
sms-chat 6:2703 17:2703
sms-remctrl 6:2704 17:2704
sds-admin 6:2705 17:2705
ncdmirroring 6:2706 17:2706
emcsymapiport 6:2707 17:2707
banyan-net 6:2708 17:2708
supermon 6:2709 17:2709
sso-service 6:2710 17:2710
sso-control 6:2711 17:2711
aocp 6:2712 17:2712
raventbs 6:2713 17:2713
raventdm 6:2714 17:2714
hpstgmgr2 6:2715 17:2715
inova-ip-disco 6:2716 17:2716
pn-requester 6:2717 17:2717
pn-requester2 6:2718 17:2718
scan-change 6:2719 17:2719
wkars 6:2720 17:2720
smart-diagnose 6:2721 17:2721
proactivesrvr 6:2722 17:2722
watchdog-nt 6:2723 17:2723
qotps 6:2724 17:2724
msolap-ptp2 6:2725 17:2725
tams 6:2726 17:2726
mgcp-callagent 6:2727 17:2727
sqdr 6:2728 17:2728
tcim-control 6:2729 17:2729
nec-raidplus 6:2730 17:2730
fyre-messanger 6:2731 17:2731
g5m 6:2732 17:2732
signet-ctf 6:2733 17:2733
ccs-software 6:2734 17:2734
netiq-mc 6:2735 17:2735
radwiz-nms-srv 6:2736 17:2736
srp-feedback 6:2737 17:2737
ndl-tcp-ois-gw 6:2738 17:2738
tn-timing 6:2739 17:2739
alarm 6:2740 17:2740
tsb 6:2741 17:2741
tsb2 6:2742 17:2742
murx 6:2743 17:2743
honyaku 6:2744 17:2744
urbisnet 6:2745 17:2745
cpudpencap 6:2746 17:2746
fjippol-swrly 6:2747 17:2747
fjippol-polsvr 6:2748 17:2748
fjippol-cnsl 6:2749 17:2749
fjippol-port1 6:2750 17:2750
fjippol-port2 6:2751 17:2751
rsisysaccess 6:2752 17:2752
de-spot 6:2753 17:2753
apollo-cc 6:2754 17:2754
expresspay 6:2755 17:2755
simplement-tie 6:2756 17:2756
cnrp 6:2757 17:2757
apollo-status 6:2758 17:2758
apollo-gms 6:2759 17:2759
sabams 6:2760 17:2760
dicom-iscl 6:2761 17:2761
dicom-tls 6:2762 17:2762
desktop-dna 6:2763 17:2763
data-insurance 6:2764 17:2764
qip-audup 6:2765 17:2765
compaq-scp 6:2766 17:2766
uadtc 6:2767 17:2767
uacs 6:2768 17:2768
exce 6:2769 17:2769
veronica 6:2770 17:2770
vergencecm 6:2771 17:2771
auris 6:2772 17:2772
rbakcup1 6:2773 17:2773
rbakcup2 6:2774 17:2774
smpp 6:2775 17:2775
ridgeway1 6:2776 17:2776
ridgeway2 6:2777 17:2777
gwen-sonya 6:2778 17:2778
lbc-sync 6:2779 17:2779
lbc-control 6:2780 17:2780
whosells 6:2781 17:2781
everydayrc 6:2782 17:2782
aises 6:2783 17:2783
www-dev 6:2784 17:2784
aic-np 6:2785 17:2785
aic-oncrpc 6:2786 17:2786
piccolo 6:2787 17:2787
fryeserv 6:2788 17:2788
media-agent 6:2789 17:2789
plgproxy 6:2790 17:2790
mtport-regist 6:2791 17:2791
f5-globalsite 6:2792 17:2792
initlsmsad 6:2793 17:2793
urp 6:2794 17:2794
livestats 6:2795 17:2795
ac-tech 6:2796 17:2796
esp-encap 6:2797 17:2797
tmesis-upshot 6:2798 17:2798
icon-discover 6:2799 17:2799
acc-raid 6:2800 17:2800
igcp 6:2801 17:2801
veritas-tcp1 6:2802
veritas-udp1 17:2802
btprjctrl 6:2803 17:2803
dvr-esm 6:2804 17:2804
wta-wsp-s 6:2805 17:2805
cspuni 6:2806 17:2806
cspmulti 6:2807 17:2807
j-lan-p 6:2808 17:2808
corbaloc 6:2809 17:2809
netsteward 6:2810 17:2810
gsiftp 6:2811 17:2811
atmtcp 6:2812 17:2812
llm-pass 6:2813 17:2813
llm-csv 6:2814 17:2814
lbc-measure 6:2815 17:2815
lbc-watchdog 6:2816 17:2816
nmsigport 6:2817 17:2817 6:2839 17:2839
rmlnk 6:2818 17:2818
fc-faultnotify 6:2819 17:2819
univision 6:2820 17:2820
vrts-at-port 6:2821 17:2821
ka0wuc 6:2822 17:2822
cqg-netlan 6:2823 17:2823
cqg-netlan-1 6:2824 17:2824
slc-systemlog 6:2826 17:2826
slc-ctrlrloops 6:2827 17:2827
itm-lm 6:2828 17:2828
silkp1 6:2829 17:2829
silkp2 6:2830 17:2830
silkp3 6:2831 17:2831
silkp4 6:2832 17:2832
glishd 6:2833 17:2833
evtp 6:2834 17:2834
evtp-data 6:2835 17:2835
catalyst 6:2836 17:2836
repliweb 6:2837 17:2837
starbot 6:2838 17:2838
l3-exprt 6:2840 17:2840
l3-ranger 6:2841 17:2841
l3-hawk 6:2842 17:2842
pdnet 6:2843 17:2843
bpcp-poll 6:2844 17:2844
bpcp-trap 6:2845 17:2845
aimpp-hello 6:2846 17:2846
aimpp-port-req 6:2847 17:2847
amt-blc-port 6:2848 17:2848
metaconsole 6:2850 17:2850
webemshttp 6:2851 17:2851
bears-01 6:2852 17:2852
ispipes 6:2853 17:2853
infomover 6:2854 17:2854
msrp 6:2855
cesdinv 6:2856 17:2856
simctlp 6:2857 17:2857
ecnp 6:2858 17:2858
activememory 6:2859 17:2859
dialpad-voice1 6:2860 17:2860
dialpad-voice2 6:2861 17:2861
ttg-protocol 6:2862 17:2862
sonardata 6:2863 17:2863
astronova-main 6:2864 17:2864
pit-vpn 6:2865 17:2865
iwlistener 6:2866 17:2866
esps-portal 6:2867 17:2867
npep-messaging 6:2868 17:2868
icslap 6:2869 17:2869
daishi 6:2870 17:2870
msi-selectplay 6:2871 17:2871
radix 6:2872 17:2872
psrt 6:2873 17:2873
dxmessagebase1 6:2874 17:2874
dxmessagebase2 6:2875 17:2875
sps-tunnel 6:2876 17:2876
bluelance 6:2877 17:2877
aap 6:2878 17:2878
ucentric-ds 6:2879 17:2879
synapse 6:2880 17:2880
ndsp 6:2881 17:2881
ndtp 6:2882 17:2882
ndnp 6:2883 17:2883
flashmsg 6:2884 17:2884
topflow 6:2885 17:2885
responselogic 6:2886 17:2886
aironetddp 6:2887 17:2887
spcsdlobby 6:2888 17:2888
rsom 6:2889 17:2889
cspclmulti 6:2890 17:2890
cinegrfx-elmd 6:2891 17:2891
snifferdata 6:2892 17:2892
vseconnector 6:2893 17:2893
abacus-remote 6:2894 17:2894
natuslink 6:2895 17:2895
ecovisiong6-1 6:2896 17:2896
citrix-rtmp 6:2897 17:2897
appliance-cfg 6:2898 17:2898
powergemplus 6:2899 17:2899
quicksuite 6:2900 17:2900
allstorcns 6:2901 17:2901
netaspi 6:2902 17:2902
suitcase 6:2903 17:2903
m2ua 6:2904 17:2904 132:2904
m3ua 6:2905 132:2905
caller9 6:2906 17:2906
webmethods-b2b 6:2907 17:2907
mao 6:2908 17:2908
funk-dialout 6:2909 17:2909
tdaccess 6:2910 17:2910
blockade 6:2911 17:2911
epicon 6:2912 17:2912
boosterware 6:2913 17:2913
gamelobby 6:2914 17:2914
tksocket 6:2915 17:2915
elvin-server 6:2916 17:2916
elvin-client 6:2917 17:2917
kastenchasepad 6:2918 17:2918
roboer 6:2919 17:2919
roboeda 6:2920 17:2920
cesdcdman 6:2921 17:2921
cesdcdtrn 6:2922 17:2922
wta-wsp-wtp-s 6:2923 17:2923
precise-vip 6:2924 17:2924
mobile-file-dl 6:2926 17:2926
unimobilectrl 6:2927 17:2927
redstone-cpss 6:2928 17:2928
amx-webadmin 6:2929 17:2929
amx-weblinx 6:2930 17:2930
circle-x 6:2931 17:2931
incp 6:2932 17:2932
4-tieropmgw 6:2933 17:2933
4-tieropmcli 6:2934 17:2934
qtp 6:2935 17:2935
otpatch 6:2936 17:2936
pnaconsult-lm 6:2937 17:2937
sm-pas-1 6:2938 17:2938
sm-pas-2 6:2939 17:2939
sm-pas-3 6:2940 17:2940
sm-pas-4 6:2941 17:2941
sm-pas-5 6:2942 17:2942
ttnrepository 6:2943 17:2943
megaco-h248 6:2944 17:2944 132:2944
h248-binary 6:2945 17:2945 132:2945
fjsvmpor 6:2946 17:2946
gpsd 6:2947 17:2947
wap-push 6:2948 17:2948
wap-pushsecure 6:2949 17:2949
esip 6:2950 17:2950
ottp 6:2951 17:2951
mpfwsas 6:2952 17:2952
ovalarmsrv 6:2953 17:2953
ovalarmsrv-cmd 6:2954 17:2954
csnotify 6:2955 17:2955
ovrimosdbman 6:2956 17:2956
jmact5 6:2957 17:2957
jmact6 6:2958 17:2958
rmopagt 6:2959 17:2959
dfoxserver 6:2960 17:2960
boldsoft-lm 6:2961 17:2961
iph-policy-cli 6:2962 17:2962
iph-policy-adm 6:2963 17:2963
bullant-srap 6:2964 17:2964
bullant-rap 6:2965 17:2965
idp-infotrieve 6:2966 17:2966
ssc-agent 6:2967 17:2967
enpp 6:2968 17:2968
essp 6:2969 17:2969
index-net 6:2970 17:2970
netclip 6:2971 17:2971
pmsm-webrctl 6:2972 17:2972
svnetworks 6:2973 17:2973
signal 6:2974 17:2974
fjmpcm 6:2975 17:2975
cns-srv-port 6:2976 17:2976
ttc-etap-ns 6:2977 17:2977
ttc-etap-ds 6:2978 17:2978
h263-video 6:2979 17:2979
wimd 6:2980 17:2980
mylxamport 6:2981 17:2981
iwb-whiteboard 6:2982 17:2982
netplan 6:2983 17:2983
hpidsadmin 6:2984 17:2984
hpidsagent 6:2985 17:2985
stonefalls 6:2986 17:2986
identify 6:2987 17:2987
hippad 6:2988 17:2988
zarkov 6:2989 17:2989
boscap 6:2990 17:2990
wkstn-mon 6:2991 17:2991
avenyo 6:2992 17:2992
veritas-vis1 6:2993 17:2993
veritas-vis2 6:2994 17:2994
idrs 6:2995 17:2995
vsixml 6:2996 17:2996
rebol 6:2997 17:2997
realsecure 6:2998 17:2998
remoteware-un 6:2999 17:2999
hbci 6:3000 17:3000
origo-native 6:3001
exlm-agent 6:3002 17:3002
cgms 6:3003 17:3003
csoftragent 6:3004 17:3004
geniuslm 6:3005 17:3005
ii-admin 6:3006 17:3006
lotusmtap 6:3007 17:3007
midnight-tech 6:3008 17:3008
pxc-ntfy 6:3009 17:3009
gw 6:3010
ping-pong 17:3010
trusted-web 6:3011 17:3011
twsdss 6:3012 17:3012
gilatskysurfer 6:3013 17:3013
broker-service 6:3014 17:3014
nati-dstp 6:3015 17:3015
notify-srvr 6:3016 17:3016
event-listener 6:3017 17:3017
srvc-registry 6:3018 17:3018
resource-mgr 6:3019 17:3019
cifs 6:3020 17:3020
agriserver 6:3021 17:3021
csregagent 6:3022 17:3022
magicnotes 6:3023 17:3023
nds-sso 6:3024 17:3024
arepa-raft 6:3025 17:3025
agri-gateway 6:3026 17:3026
LiebDevMgmt-C 6:3027 17:3027
LiebDevMgmt-DM 6:3028 17:3028
LiebDevMgmt-A 6:3029 17:3029
arepa-cas 6:3030 17:3030
eppc 6:3031 17:3031
redwood-chat 6:3032 17:3032
pdb 6:3033 17:3033
osmosis-aeea 6:3034 17:3034
fjsv-gssagt 6:3035 17:3035
hagel-dump 6:3036 17:3036
hp-san-mgmt 6:3037 17:3037
santak-ups 6:3038 17:3038
cogitate 6:3039 17:3039
tomato-springs 6:3040 17:3040
di-traceware 6:3041 17:3041
journee 6:3042 17:3042
brp 6:3043 17:3043
responsenet 6:3045 17:3045
di-ase 6:3046 17:3046
hlserver 6:3047 17:3047
pctrader 6:3048 17:3048
nsws 6:3049 17:3049
gds-db 6:3050 17:3050
galaxy-server 6:3051 17:3051
apc-3052 6:3052 17:3052
dsom-server 6:3053 17:3053
amt-cnf-prot 6:3054 17:3054
policyserver 6:3055 17:3055
cdl-server 6:3056 17:3056
goahead-fldup 6:3057 17:3057
videobeans 6:3058 17:3058
qsoft 6:3059 17:3059
interserver 6:3060 17:3060
cautcpd 6:3061 17:3061
ncacn-ip-tcp 6:3062 17:3062
ncadg-ip-udp 6:3063 17:3063
rprt 6:3064 17:3064
slinterbase 6:3065 17:3065
netattachsdmp 6:3066 17:3066
fjhpjp 6:3067 17:3067
ls3bcast 6:3068 17:3068
ls3 6:3069 17:3069
mgxswitch 6:3070 17:3070
xplat-replicate 6:3071
csd-monitor 6:3072 17:3072
vcrp 6:3073 17:3073
xbox 6:3074 17:3074
orbix-locator 6:3075 17:3075
orbix-config 6:3076 17:3076
orbix-loc-ssl 6:3077 17:3077
orbix-cfg-ssl 6:3078 17:3078
lv-frontpanel 6:3079 17:3079
stm-pproc 6:3080 17:3080
tl1-lv 6:3081 17:3081
tl1-raw 6:3082 17:3082
tl1-telnet 6:3083 17:3083
itm-mccs 6:3084 17:3084
pcihreq 6:3085 17:3085
jdl-dbkitchen 6:3086 17:3086
asoki-sma 6:3087 17:3087
xdtp 6:3088 17:3088
ptk-alink 6:3089 17:3089
stss 6:3090 17:3090
1ci-smcs 6:3091 17:3091
rapidmq-center 6:3093 17:3093
rapidmq-reg 6:3094 17:3094
panasas 6:3095 17:3095
ndl-aps 6:3096 17:3096
itu-bicc-stc 132:3097
umm-port 6:3098 17:3098
chmd 6:3099 17:3099
opcon-xps 6:3100 17:3100
hp-pxpib 6:3101 17:3101
slslavemon 6:3102 17:3102
autocuesmi 6:3103 17:3103
autocuelog 6:3104
autocuetime 17:3104
cardbox 6:3105 17:3105
cardbox-http 6:3106 17:3106
business 6:3107 17:3107
geolocate 6:3108 17:3108
personnel 6:3109 17:3109
sim-control 6:3110 17:3110
wsynch 6:3111 17:3111
ksysguard 6:3112 17:3112
cs-auth-svr 6:3113 17:3113
ccmad 6:3114 17:3114
mctet-master 6:3115 17:3115
mctet-gateway 6:3116 17:3116
mctet-jserv 6:3117 17:3117
pkagent 6:3118 17:3118
d2000kernel 6:3119 17:3119
d2000webserver 6:3120 17:3120
pcmk-remote 6:3121
vtr-emulator 6:3122 17:3122
edix 6:3123 17:3123
beacon-port 6:3124 17:3124
a13-an 6:3125 17:3125
ctx-bridge 6:3127 17:3127
ndl-aas 6:3128 17:3128
netport-id 6:3129 17:3129
icpv2 6:3130 17:3130
netbookmark 6:3131 17:3131
ms-rule-engine 6:3132 17:3132
prism-deploy 6:3133 17:3133
ecp 6:3134 17:3134
peerbook-port 6:3135 17:3135
grubd 6:3136 17:3136
rtnt-1 6:3137 17:3137
rtnt-2 6:3138 17:3138
incognitorv 6:3139 17:3139
ariliamulti 6:3140 17:3140
vmodem 6:3141 17:3141
rdc-wh-eos 6:3142 17:3142
seaview 6:3143 17:3143
tarantella 6:3144 17:3144
csi-lfap 6:3145 17:3145
bears-02 6:3146 17:3146
rfio 6:3147 17:3147
nm-game-admin 6:3148 17:3148
nm-game-server 6:3149 17:3149
nm-asses-admin 6:3150 17:3150
nm-assessor 6:3151 17:3151
feitianrockey 6:3152 17:3152
s8-client-port 6:3153 17:3153
ccmrmi 6:3154 17:3154
jpegmpeg 6:3155 17:3155
indura 6:3156 17:3156
lsa-comm 6:3157 17:3157
stvp 6:3158 17:3158
navegaweb-port 6:3159 17:3159
tip-app-server 6:3160 17:3160
doc1lm 6:3161 17:3161
sflm 6:3162 17:3162
res-sap 6:3163 17:3163
imprs 6:3164 17:3164
newgenpay 6:3165 17:3165
sossecollector 6:3166 17:3166
nowcontact 6:3167 17:3167
poweronnud 6:3168 17:3168
serverview-as 6:3169 17:3169
serverview-asn 6:3170 17:3170
serverview-gf 6:3171 17:3171
serverview-rm 6:3172 17:3172
serverview-icc 6:3173 17:3173
armi-server 6:3174 17:3174
t1-e1-over-ip 6:3175 17:3175
ars-master 6:3176 17:3176
phonex-port 6:3177 17:3177
radclientport 6:3178 17:3178
h2gf-w-2m 6:3179 17:3179
mc-brk-srv 6:3180 17:3180
bmcpatrolagent 6:3181 17:3181
bmcpatrolrnvu 6:3182 17:3182
cops-tls 6:3183 17:3183
apogeex-port 6:3184 17:3184
smpppd 6:3185 17:3185
iiw-port 6:3186 17:3186
odi-port 6:3187 17:3187
brcm-comm-port 6:3188 17:3188
pcle-infex 6:3189 17:3189
csvr-proxy 6:3190 17:3190
csvr-sslproxy 6:3191 17:3191
firemonrcc 6:3192 17:3192
spandataport 6:3193 17:3193
magbind 6:3194 17:3194
ncu-1 6:3195 17:3195
ncu-2 6:3196 17:3196
embrace-dp-s 6:3197 17:3197
embrace-dp-c 6:3198 17:3198
dmod-workspace 6:3199 17:3199
tick-port 6:3200 17:3200
cpq-tasksmart 6:3201 17:3201
intraintra 6:3202 17:3202
netwatcher-mon 6:3203 17:3203
netwatcher-db 6:3204 17:3204
isns 6:3205 17:3205
ironmail 6:3206 17:3206
vx-auth-port 6:3207 17:3207
pfu-prcallback 6:3208 17:3208
netwkpathengine 6:3209 17:3209
flamenco-proxy 6:3210 17:3210
avsecuremgmt 6:3211 17:3211
surveyinst 6:3212 17:3212
neon24x7 6:3213 17:3213
jmq-daemon-1 6:3214 17:3214
jmq-daemon-2 6:3215 17:3215
ferrari-foam 6:3216 17:3216
unite 6:3217 17:3217
smartpackets 6:3218 17:3218
wms-messenger 6:3219 17:3219
xnm-ssl 6:3220 17:3220
xnm-clear-text 6:3221 17:3221
glbp 6:3222 17:3222
digivote 6:3223 17:3223
aes-discovery 6:3224 17:3224
fcip-port 6:3225 17:3225
isi-irp 6:3226 17:3226
dwnmshttp 6:3227 17:3227
dwmsgserver 6:3228 17:3228
global-cd-port 6:3229 17:3229
sftdst-port 6:3230 17:3230
vidigo 6:3231 17:3231
mdtp 6:3232 17:3232
whisker 6:3233 17:3233
alchemy 6:3234 17:3234
mdap-port 6:3235 17:3235
apparenet-ts 6:3236 17:3236
apparenet-tps 6:3237 17:3237
apparenet-as 6:3238 17:3238
apparenet-ui 6:3239 17:3239
triomotion 6:3240 17:3240
sysorb 6:3241 17:3241
sdp-id-port 6:3242 17:3242
timelot 6:3243 17:3243
onesaf 6:3244 17:3244
vieo-fe 6:3245 17:3245
dvt-system 6:3246 17:3246
dvt-data 6:3247 17:3247
procos-lm 6:3248 17:3248
ssp 6:3249 17:3249
hicp 6:3250 17:3250
sysscanner 6:3251 17:3251
dhe 6:3252 17:3252
pda-data 6:3253 17:3253
pda-sys 6:3254 17:3254
semaphore 6:3255 17:3255
cpqrpm-agent 6:3256 17:3256
cpqrpm-server 6:3257 17:3257
ivecon-port 6:3258 17:3258
epncdp2 6:3259 17:3259
iscsi-target 6:3260 17:3260
winshadow 6:3261 17:3261
necp 6:3262 17:3262
ecolor-imager 6:3263 17:3263
ccmail 6:3264 17:3264
altav-tunnel 6:3265 17:3265
ns-cfg-server 6:3266 17:3266
ibm-dial-out 6:3267 17:3267
msft-gc 6:3268 17:3268
msft-gc-ssl 6:3269 17:3269
verismart 6:3270 17:3270
csoft-prev 6:3271 17:3271
user-manager 6:3272 17:3272
sxmp 6:3273 17:3273
ordinox-server 6:3274 17:3274
samd 6:3275 17:3275
maxim-asics 6:3276 17:3276
awg-proxy 6:3277 17:3277
lkcmserver 6:3278 17:3278
admind 6:3279 17:3279 6:8403 17:8403
vs-server 6:3280 17:3280
sysopt 6:3281 17:3281
datusorb 6:3282 17:3282
net-assistant 6:3283 17:3283
4talk 6:3284 17:3284
plato 6:3285 17:3285
e-net 6:3286 17:3286
directvdata 6:3287 17:3287
cops 6:3288 17:3288
enpc 6:3289 17:3289
caps-lm 6:3290 17:3290
sah-lm 6:3291 17:3291
cart-o-rama 6:3292 17:3292
fg-fps 6:3293 17:3293
fg-gip 6:3294 17:3294
dyniplookup 6:3295 17:3295
rib-slm 6:3296 17:3296
cytel-lm 6:3297 17:3297
deskview 6:3298 17:3298
pdrncs 6:3299 17:3299
ceph 6:3300
tarantool 6:3301 17:3301
mcs-fastmail 6:3302 17:3302
opsession-clnt 6:3303 17:3303
opsession-srvr 6:3304 17:3304
odette-ftp 6:3305 17:3305
mysql 6:3306 17:3306
opsession-prxy 6:3307 17:3307
tns-server 6:3308 17:3308
tns-adv 6:3309 17:3309
dyna-access 6:3310 17:3310
mcns-tel-ret 6:3311 17:3311
appman-server 6:3312 17:3312
uorb 6:3313 17:3313
uohost 6:3314 17:3314
cdid 6:3315 17:3315
aicc-cmi 6:3316 17:3316
vsaiport 6:3317 17:3317
ssrip 6:3318 17:3318
sdt-lmd 6:3319 17:3319
officelink2000 6:3320 17:3320
vnsstr 6:3321 17:3321
sftu 6:3326 17:3326
bbars 6:3327 17:3327
egptlm 6:3328 17:3328
hp-device-disc 6:3329 17:3329
mcs-calypsoicf 6:3330 17:3330
mcs-messaging 6:3331 17:3331
mcs-mailsvr 6:3332 17:3332
dec-notes 6:3333 17:3333
directv-web 6:3334 17:3334
directv-soft 6:3335 17:3335
directv-tick 6:3336 17:3336
directv-catlg 6:3337 17:3337
anet-b 6:3338 17:3338
anet-l 6:3339 17:3339
anet-m 6:3340 17:3340
anet-h 6:3341 17:3341
webtie 6:3342 17:3342
ms-cluster-net 6:3343 17:3343
bnt-manager 6:3344 17:3344
influence 6:3345 17:3345
trnsprntproxy 6:3346 17:3346
phoenix-rpc 6:3347 17:3347
pangolin-laser 6:3348 17:3348
chevinservices 6:3349 17:3349
findviatv 6:3350 17:3350
btrieve 6:3351 17:3351
ssql 6:3352 17:3352
fatpipe 6:3353 17:3353
suitjd 6:3354 17:3354
ordinox-dbase 6:3355 17:3355
upnotifyps 6:3356 17:3356
adtech-test 6:3357 17:3357
mpsysrmsvr 6:3358 17:3358
wg-netforce 6:3359 17:3359
kv-server 6:3360 17:3360
kv-agent 6:3361 17:3361
dj-ilm 6:3362 17:3362
nati-vi-server 6:3363 17:3363
tip2 6:3372 17:3372
lavenir-lm 6:3373 17:3373
cluster-disc 6:3374 17:3374
vsnm-agent 6:3375 17:3375
cdbroker 6:3376 17:3376
cogsys-lm 6:3377 17:3377
wsicopy 6:3378 17:3378
socorfs 6:3379 17:3379
sns-channels 6:3380 17:3380
geneous 6:3381 17:3381
fujitsu-neat 6:3382 17:3382
esp-lm 6:3383 17:3383
hp-clic 6:3384 17:3384
qnxnetman 6:3385 17:3385
gprs-data 6:3386
gprs-sig 17:3386
backroomnet 6:3387 17:3387
cbserver 6:3388 17:3388
ms-wbt-server 6:3389 17:3389
dsc 6:3390 17:3390
savant 6:3391 17:3391
efi-lm 6:3392 17:3392
d2k-tapestry1 6:3393 17:3393
d2k-tapestry2 6:3394 17:3394
dyna-lm 6:3395 17:3395
printer-agent 6:3396 17:3396
cloanto-lm 6:3397 17:3397
mercantile 6:3398 17:3398
csms 6:3399 17:3399
csms2 6:3400 17:3400
filecast 6:3401 17:3401
fxaengine-net 6:3402 17:3402
nokia-ann-ch1 6:3405 17:3405
nokia-ann-ch2 6:3406 17:3406
ldap-admin 6:3407 17:3407
BESApi 6:3408 17:3408
networklens 6:3409 17:3409
networklenss 6:3410 17:3410
biolink-auth 6:3411 17:3411
xmlblaster 6:3412 17:3412
svnet 6:3413 17:3413
wip-port 6:3414 17:3414
bcinameservice 6:3415 17:3415
commandport 6:3416 17:3416
csvr 6:3417 17:3417
rnmap 6:3418 17:3418
softaudit 6:3419 17:3419
ifcp-port 6:3420 17:3420
bmap 6:3421 17:3421
rusb-sys-port 6:3422 17:3422
xtrm 6:3423 17:3423
xtrms 6:3424 17:3424
agps-port 6:3425 17:3425
arkivio 6:3426 17:3426
websphere-snmp 6:3427 17:3427
twcss 6:3428 17:3428
gcsp 6:3429 17:3429
ssdispatch 6:3430 17:3430
ndl-als 6:3431 17:3431
osdcp 6:3432 17:3432
opnet-smp 6:3433 17:3433
opencm 6:3434 17:3434
pacom 6:3435 17:3435
gc-config 6:3436 17:3436
autocueds 6:3437 17:3437
spiral-admin 6:3438 17:3438
hri-port 6:3439 17:3439
ans-console 6:3440 17:3440
connect-client 6:3441 17:3441
connect-server 6:3442 17:3442
ov-nnm-websrv 6:3443 17:3443
denali-server 6:3444 17:3444
monp 6:3445 17:3445
3comfaxrpc 6:3446 17:3446
directnet 6:3447 17:3447
dnc-port 6:3448 17:3448
hotu-chat 6:3449 17:3449
castorproxy 6:3450 17:3450
asam 6:3451 17:3451
sabp-signal 6:3452 17:3452
pscupd 6:3453 17:3453
mira 6:3454 17:3454
prsvp 6:3455 17:3455
vat 6:3456 17:3456
vat-control 6:3457 17:3457
d3winosfi 6:3458 17:3458
integral 6:3459 17:3459
edm-manager 6:3460 17:3460
edm-stager 6:3461 17:3461
edm-std-notify 6:3462 17:3462
edm-adm-notify 6:3463 17:3463
edm-mgr-sync 6:3464 17:3464
edm-mgr-cntrl 6:3465 17:3465
workflow 6:3466 17:3466
rcst 6:3467 17:3467
ttcmremotectrl 6:3468 17:3468
pluribus 6:3469 17:3469
jt400 6:3470 17:3470
jt400-ssl 6:3471 17:3471
jaugsremotec-1 6:3472 17:3472
jaugsremotec-2 6:3473 17:3473
ttntspauto 6:3474 17:3474
genisar-port 6:3475 17:3475
nppmp 6:3476 17:3476
ecomm 6:3477 17:3477
stun 6:3478 17:3478
twrpc 6:3479 17:3479
plethora 6:3480 17:3480
cleanerliverc 6:3481 17:3481
vulture 6:3482 17:3482
slim-devices 6:3483 17:3483
gbs-stp 6:3484 17:3484
celatalk 6:3485 17:3485
ifsf-hb-port 6:3486 17:3486
ltctcp 6:3487
ltcudp 17:3487
fs-rh-srv 6:3488 17:3488
dtp-dia 6:3489 17:3489
colubris 6:3490 17:3490
swr-port 6:3491 17:3491
tvdumtray-port 6:3492 17:3492
nut 6:3493 17:3493
ibm3494 6:3494 17:3494
seclayer-tcp 6:3495 17:3495
seclayer-tls 6:3496 17:3496
ipether232port 6:3497 17:3497
dashpas-port 6:3498 17:3498
sccip-media 6:3499 17:3499
rtmp-port 6:3500 17:3500
isoft-p2p 6:3501 17:3501
avinstalldisc 6:3502 17:3502
lsp-ping 6:3503 17:3503
ironstorm 6:3504 17:3504
ccmcomm 6:3505 17:3505
apc-3506 6:3506 17:3506
nesh-broker 6:3507 17:3507
interactionweb 6:3508 17:3508
vt-ssl 6:3509 17:3509
xss-port 6:3510 17:3510
webmail-2 6:3511 17:3511
aztec 6:3512 17:3512
arcpd 6:3513 17:3513
must-p2p 6:3514 17:3514
must-backplane 6:3515 17:3515
smartcard-port 6:3516 17:3516
802-11-iapp 6:3517 17:3517
artifact-msg 6:3518 17:3518
nvmsgd 6:3519
galileo 17:3519
galileolog 6:3520 17:3520
mc3ss 6:3521 17:3521
nssocketport 6:3522 17:3522
odeumservlink 6:3523 17:3523
ecmport 6:3524 17:3524
eisport 6:3525 17:3525
starquiz-port 6:3526 17:3526
beserver-msg-q 6:3527 17:3527
jboss-iiop 6:3528 17:3528
jboss-iiop-ssl 6:3529 17:3529
gf 6:3530 17:3530
joltid 6:3531 17:3531
raven-rmp 6:3532 17:3532
raven-rdp 6:3533 17:3533
urld-port 6:3534 17:3534
ms-la 6:3535 17:3535
snac 6:3536 17:3536
ni-visa-remote 6:3537 17:3537
ibm-diradm 6:3538 17:3538
ibm-diradm-ssl 6:3539 17:3539
pnrp-port 6:3540 17:3540
voispeed-port 6:3541 17:3541
hacl-monitor 6:3542 17:3542
qftest-lookup 6:3543 17:3543
teredo 6:3544 17:3544
camac 6:3545 17:3545
symantec-sim 6:3547 17:3547
interworld 6:3548 17:3548
tellumat-nms 6:3549 17:3549
ssmpp 6:3550 17:3550
apcupsd 6:3551 17:3551
taserver 6:3552 17:3552
rbr-discovery 6:3553 17:3553
questnotify 6:3554 17:3554
razor 6:3555 17:3555
sky-transport 6:3556 17:3556
personalos-001 6:3557 17:3557
mcp-port 6:3558 17:3558
cctv-port 6:3559 17:3559
iniserve-port 6:3560 17:3560
bmc-onekey 6:3561 17:3561
sdbproxy 6:3562 17:3562
watcomdebug 6:3563 17:3563
esimport 6:3564 17:3564
m2pa 6:3565 132:3565
quest-data-hub 6:3566
dof-eps 6:3567 17:3567
dof-tunnel-sec 6:3568 17:3568
mbg-ctrl 6:3569 17:3569
mccwebsvr-port 6:3570 17:3570
megardsvr-port 6:3571 17:3571
megaregsvrport 6:3572 17:3572
tag-ups-1 6:3573 17:3573
dmaf-server 6:3574
dmaf-caster 17:3574
ccm-port 6:3575 17:3575
cmc-port 6:3576 17:3576
config-port 6:3577 17:3577
data-port 6:3578 17:3578
ttat3lb 6:3579 17:3579
nati-svrloc 6:3580 17:3580
kfxaclicensing 6:3581 17:3581
press 6:3582 17:3582
canex-watch 6:3583 17:3583
u-dbap 6:3584 17:3584
emprise-lls 6:3585 17:3585
emprise-lsc 6:3586 17:3586
p2pgroup 6:3587 17:3587
sentinel 6:3588 17:3588
isomair 6:3589 17:3589
wv-csp-sms 6:3590 17:3590
gtrack-server 6:3591 17:3591
gtrack-ne 6:3592 17:3592
bpmd 6:3593 17:3593
mediaspace 6:3594 17:3594
shareapp 6:3595 17:3595
iw-mmogame 6:3596 17:3596
a14 6:3597 17:3597
a15 6:3598 17:3598
quasar-server 6:3599 17:3599
trap-daemon 6:3600 17:3600
visinet-gui 6:3601 17:3601
infiniswitchcl 6:3602 17:3602
int-rcv-cntrl 6:3603 17:3603
bmc-jmx-port 6:3604 17:3604
comcam-io 6:3605 17:3605
splitlock 6:3606 17:3606
precise-i3 6:3607 17:3607
trendchip-dcp 6:3608 17:3608
cpdi-pidas-cm 6:3609 17:3609
echonet 6:3610 17:3610
six-degrees 6:3611 17:3611
dataprotector 6:3612 17:3612
alaris-disc 6:3613 17:3613
sigma-port 6:3614 17:3614
start-network 6:3615 17:3615
cd3o-protocol 6:3616 17:3616
sharp-server 6:3617 17:3617
aairnet-1 6:3618 17:3618
aairnet-2 6:3619 17:3619
ep-pcp 6:3620 17:3620
ep-nsp 6:3621 17:3621
ff-lr-port 6:3622 17:3622
haipe-discover 6:3623 17:3623
dist-upgrade 6:3624 17:3624
volley 6:3625 17:3625
bvcdaemon-port 6:3626 17:3626
jamserverport 6:3627 17:3627
ept-machine 6:3628 17:3628
escvpnet 6:3629 17:3629
cs-remote-db 6:3630 17:3630
cs-services 6:3631 17:3631
distcc 6:3632 17:3632
wacp 6:3633 17:3633
hlibmgr 6:3634 17:3634
sdo 6:3635 17:3635
servistaitsm 6:3636 17:3636
scservp 6:3637 17:3637
ehp-backup 6:3638 17:3638
xap-ha 6:3639 17:3639
netplay-port1 6:3640 17:3640
netplay-port2 6:3641 17:3641
juxml-port 6:3642 17:3642
audiojuggler 6:3643 17:3643
ssowatch 6:3644 17:3644
cyc 6:3645 17:3645
xss-srv-port 6:3646 17:3646
splitlock-gw 6:3647 17:3647
fjcp 6:3648 17:3648
nmmp 6:3649 17:3649
prismiq-plugin 6:3650 17:3650
xrpc-registry 6:3651 17:3651
vxcrnbuport 6:3652 17:3652
tsp 6:3653 17:3653
vaprtm 6:3654 17:3654
abatemgr 6:3655 17:3655
abatjss 6:3656 17:3656
immedianet-bcn 6:3657 17:3657
ps-ams 6:3658 17:3658
apple-sasl 6:3659 17:3659
can-nds-ssl 6:3660 17:3660
can-ferret-ssl 6:3661 17:3661
pserver 6:3662 17:3662
dtp 6:3663 17:3663
ups-engine 6:3664 17:3664
ent-engine 6:3665 17:3665
eserver-pap 6:3666 17:3666
infoexch 6:3667 17:3667
dell-rm-port 6:3668 17:3668
casanswmgmt 6:3669 17:3669
smile 6:3670 17:3670
efcp 6:3671 17:3671
lispworks-orb 6:3672 17:3672
mediavault-gui 6:3673 17:3673
wininstall-ipc 6:3674 17:3674
calltrax 6:3675 17:3675
va-pacbase 6:3676 17:3676
roverlog 6:3677 17:3677
ipr-dglt 6:3678 17:3678
newton-dock 6:3679 17:3679
npds-tracker 6:3680 17:3680
bts-x73 6:3681 17:3681
cas-mapi 6:3682 17:3682
bmc-ea 6:3683 17:3683
faxstfx-port 6:3684 17:3684
dsx-agent 6:3685 17:3685
tnmpv2 6:3686 17:3686
simple-push 6:3687 17:3687
simple-push-s 6:3688 17:3688
daap 6:3689 17:3689
svn 6:3690 17:3690
magaya-network 6:3691 17:3691
intelsync 6:3692 17:3692
easl 6:3693
bmc-data-coll 6:3695 17:3695
telnetcpcd 6:3696 17:3696
nw-license 6:3697 17:3697
sagectlpanel 6:3698 17:3698
kpn-icw 6:3699 17:3699
lrs-paging 6:3700 17:3700
netcelera 6:3701 17:3701
ws-discovery 6:3702 17:3702
adobeserver-3 6:3703 17:3703
adobeserver-4 6:3704 17:3704
adobeserver-5 6:3705 17:3705
rt-event 6:3706 17:3706
rt-event-s 6:3707 17:3707
sun-as-iiops 6:3708 17:3708
ca-idms 6:3709 17:3709
portgate-auth 6:3710 17:3710
edb-server2 6:3711 17:3711
sentinel-ent 6:3712 17:3712
tftps 6:3713 17:3713
delos-dms 6:3714 17:3714
anoto-rendezv 6:3715 17:3715
wv-csp-sms-cir 6:3716 17:3716
wv-csp-udp-cir 6:3717 17:3717
opus-services 6:3718 17:3718
itelserverport 6:3719 17:3719
ufastro-instr 6:3720 17:3720
xsync 6:3721 17:3721
xserveraid 6:3722 17:3722
sychrond 6:3723 17:3723
blizwow 6:3724 17:3724
na-er-tip 6:3725 17:3725
array-manager 6:3726 17:3726
e-mdu 6:3727 17:3727
e-woa 6:3728 17:3728
fksp-audit 6:3729 17:3729
client-ctrl 6:3730 17:3730
smap 6:3731 17:3731
m-wnn 6:3732 17:3732
multip-msg 6:3733 17:3733
synel-data 6:3734 17:3734
pwdis 6:3735 17:3735
rs-rmi 6:3736 17:3736
xpanel 6:3737
versatalk 6:3738 17:3738
launchbird-lm 6:3739 17:3739
heartbeat 6:3740 17:3740
wysdma 6:3741 17:3741
cst-port 6:3742 17:3742
ipcs-command 6:3743 17:3743
sasg 6:3744 17:3744
gw-call-port 6:3745 17:3745
linktest 6:3746 17:3746
linktest-s 6:3747 17:3747
webdata 6:3748 17:3748
cimtrak 6:3749 17:3749
cbos-ip-port 6:3750 17:3750
gprs-cube 6:3751 17:3751
vipremoteagent 6:3752 17:3752
nattyserver 6:3753 17:3753
timestenbroker 6:3754 17:3754
sas-remote-hlp 6:3755 17:3755
canon-capt 6:3756 17:3756
grf-port 6:3757 17:3757
apw-registry 6:3758 17:3758
exapt-lmgr 6:3759 17:3759
adtempusclient 6:3760 17:3760
gsakmp 6:3761 17:3761
gbs-smp 6:3762 17:3762
xo-wave 6:3763 17:3763
mni-prot-rout 6:3764 17:3764
rtraceroute 6:3765 17:3765
sitewatch-s 6:3766
listmgr-port 6:3767 17:3767
rblcheckd 6:3768 17:3768
haipe-otnk 6:3769 17:3769
cindycollab 6:3770 17:3770
paging-port 6:3771 17:3771
ctp 6:3772 17:3772
ctdhercules 6:3773 17:3773
zicom 6:3774 17:3774
ispmmgr 6:3775 17:3775
dvcprov-port 6:3776 17:3776
jibe-eb 6:3777 17:3777
c-h-it-port 6:3778 17:3778
cognima 6:3779 17:3779
nnp 6:3780 17:3780
abcvoice-port 6:3781 17:3781
iso-tp0s 6:3782 17:3782
bim-pem 6:3783 17:3783
bfd-control 6:3784 17:3784
bfd-echo 6:3785 17:3785
upstriggervsw 6:3786 17:3786
fintrx 6:3787 17:3787
isrp-port 6:3788 17:3788
remotedeploy 6:3789 17:3789
quickbooksrds 6:3790 17:3790
tvnetworkvideo 6:3791 17:3791
sitewatch 6:3792 17:3792
dcsoftware 6:3793 17:3793
jaus 6:3794 17:3794
myblast 6:3795 17:3795
spw-dialer 6:3796 17:3796
idps 6:3797 17:3797
minilock 6:3798 17:3798
radius-dynauth 6:3799 17:3799
pwgpsi 6:3800 17:3800
ibm-mgr 6:3801 17:3801
vhd 6:3802 17:3802
soniqsync 6:3803 17:3803
iqnet-port 6:3804 17:3804
tcpdataserver 6:3805 17:3805
wsmlb 6:3806 17:3806
spugna 6:3807 17:3807
sun-as-iiops-ca 6:3808 17:3808
apocd 6:3809 17:3809
wlanauth 6:3810 17:3810
amp 6:3811 17:3811
neto-wol-server 6:3812 17:3812
rap-ip 6:3813 17:3813
neto-dcs 6:3814 17:3814
lansurveyorxml 6:3815 17:3815
sunlps-http 6:3816 17:3816
tapeware 6:3817 17:3817
crinis-hb 6:3818 17:3818
epl-slp 6:3819 17:3819
scp 6:3820 17:3820
pmcp 6:3821 17:3821
acp-discovery 6:3822 17:3822
acp-conduit 6:3823 17:3823
acp-policy 6:3824 17:3824
ffserver 6:3825 17:3825
warmux 6:3826 17:3826
netmpi 6:3827 17:3827
neteh 6:3828 17:3828
neteh-ext 6:3829 17:3829
cernsysmgmtagt 6:3830 17:3830
dvapps 6:3831 17:3831
xxnetserver 6:3832 17:3832
aipn-auth 6:3833 17:3833
spectardata 6:3834 17:3834
spectardb 6:3835 17:3835
markem-dcp 6:3836 17:3836
mkm-discovery 6:3837 17:3837
sos 6:3838 17:3838
amx-rms 6:3839 17:3839
flirtmitmir 6:3840 17:3840
shiprush-db-svr 6:3841
nhci 6:3842 17:3842
quest-agent 6:3843 17:3843
rnm 6:3844 17:3844
v-one-spp 6:3845 17:3845
an-pcp 6:3846 17:3846
msfw-control 6:3847 17:3847
item 6:3848 17:3848
spw-dnspreload 6:3849 17:3849
qtms-bootstrap 6:3850 17:3850
spectraport 6:3851 17:3851
sse-app-config 6:3852 17:3852
sscan 6:3853 17:3853
stryker-com 6:3854 17:3854
opentrac 6:3855 17:3855
informer 6:3856 17:3856
trap-port 6:3857 17:3857
trap-port-mom 6:3858 17:3858
nav-port 6:3859 17:3859
sasp 6:3860 17:3860
winshadow-hd 6:3861 17:3861
giga-pocket 6:3862 17:3862
asap-tcp 6:3863
asap-udp 17:3863
asap-sctp 132:3863
asap-tcp-tls 6:3864
asap-sctp-tls 132:3864
xpl 6:3865 17:3865
dzdaemon 6:3866 17:3866
dzoglserver 6:3867 17:3867
diameter 6:3868 132:3868
ovsam-mgmt 6:3869 17:3869
ovsam-d-agent 6:3870 17:3870
avocent-adsap 6:3871 17:3871
oem-agent 6:3872 17:3872
fagordnc 6:3873 17:3873
sixxsconfig 6:3874 17:3874
pnbscada 6:3875 17:3875
dl-agent 6:3876 17:3876
xmpcr-interface 6:3877 17:3877
fotogcad 6:3878 17:3878
appss-lm 6:3879 17:3879
igrs 6:3880 17:3880
idac 6:3881 17:3881
msdts1 6:3882 17:3882
vrpn 6:3883 17:3883
softrack-meter 6:3884 17:3884
topflow-ssl 6:3885 17:3885
nei-management 6:3886 17:3886
ciphire-data 6:3887 17:3887
ciphire-serv 6:3888 17:3888
dandv-tester 6:3889 17:3889
ndsconnect 6:3890 17:3890
rtc-pm-port 6:3891 17:3891
pcc-image-port 6:3892 17:3892
cgi-starapi 6:3893 17:3893
syam-agent 6:3894 17:3894
syam-smc 6:3895 17:3895
sdo-tls 6:3896 17:3896
sdo-ssh 6:3897 17:3897
senip 6:3898 17:3898
itv-control 6:3899 17:3899
nimsh 6:3901 17:3901
nimaux 6:3902 17:3902
charsetmgr 6:3903 17:3903
omnilink-port 6:3904 17:3904
mupdate 6:3905 17:3905
topovista-data 6:3906 17:3906
imoguia-port 6:3907 17:3907
hppronetman 6:3908 17:3908
surfcontrolcpa 6:3909 17:3909
prnrequest 6:3910 17:3910
prnstatus 6:3911 17:3911
gbmt-stars 6:3912 17:3912
listcrt-port 6:3913 17:3913
listcrt-port-2 6:3914 17:3914
agcat 6:3915 17:3915
wysdmc 6:3916 17:3916
aftmux 6:3917 17:3917
pktcablemmcops 6:3918 17:3918
hyperip 6:3919 17:3919
exasoftport1 6:3920 17:3920
herodotus-net 6:3921 17:3921
sor-update 6:3922 17:3922
symb-sb-port 6:3923 17:3923
mpl-gprs-port 6:3924 17:3924
zmp 6:3925 17:3925
winport 6:3926 17:3926
natdataservice 6:3927 17:3927
netboot-pxe 6:3928 17:3928
smauth-port 6:3929 17:3929
syam-webserver 6:3930 17:3930
msr-plugin-port 6:3931 17:3931
dyn-site 6:3932 17:3932
plbserve-port 6:3933 17:3933
sunfm-port 6:3934 17:3934
sdp-portmapper 6:3935 17:3935
mailprox 6:3936 17:3936
dvbservdsc 6:3937 17:3937
dbcontrol-agent 6:3938 17:3938
aamp 6:3939 17:3939
xecp-node 6:3940 17:3940
homeportal-web 6:3941 17:3941
srdp 6:3942 17:3942
tig 6:3943 17:3943
sops 6:3944 17:3944
emcads 6:3945 17:3945
backupedge 6:3946 17:3946
ccp 6:3947 17:3947
apdap 6:3948 17:3948
drip 6:3949 17:3949
namemunge 6:3950 17:3950
pwgippfax 6:3951 17:3951
i3-sessionmgr 6:3952 17:3952
xmlink-connect 6:3953 17:3953
adrep 6:3954 17:3954
p2pcommunity 6:3955 17:3955
gvcp 6:3956 17:3956
mqe-broker 6:3957 17:3957
mqe-agent 6:3958 17:3958
treehopper 6:3959 17:3959
bess 6:3960 17:3960
proaxess 6:3961 17:3961
sbi-agent 6:3962 17:3962
thrp 6:3963 17:3963
sasggprs 6:3964 17:3964
ati-ip-to-ncpe 6:3965 17:3965
bflckmgr 6:3966 17:3966
ppsms 6:3967 17:3967
ianywhere-dbns 6:3968 17:3968
landmarks 6:3969 17:3969
lanrevagent 6:3970 17:3970
lanrevserver 6:3971 17:3971
iconp 6:3972 17:3972
progistics 6:3973 17:3973
xk22 6:3974 17:3974
airshot 6:3975 17:3975
opswagent 6:3976 17:3976
opswmanager 6:3977 17:3977
secure-cfg-svr 6:3978 17:3978
smwan 6:3979 17:3979
starfish 6:3981 17:3981
eis 6:3982 17:3982
eisp 6:3983 17:3983
mapper-nodemgr 6:3984 17:3984
mapper-mapethd 6:3985 17:3985
mapper-ws-ethd 6:3986 17:3986
centerline 6:3987 17:3987
dcs-config 6:3988 17:3988
bv-queryengine 6:3989 17:3989
bv-is 6:3990 17:3990
bv-smcsrv 6:3991 17:3991
bv-ds 6:3992 17:3992
bv-agent 6:3993 17:3993
iss-mgmt-ssl 6:3995 17:3995
abcsoftware 6:3996 17:3996
agentsease-db 6:3997 17:3997
dnx 6:3998 17:3998
nvcnet 6:3999 17:3999
terabase 6:4000 17:4000
newoak 6:4001 17:4001
pxc-spvr-ft 6:4002 17:4002
pxc-splr-ft 6:4003 17:4003
pxc-roid 6:4004 17:4004
pxc-pin 6:4005 17:4005
pxc-spvr 6:4006 17:4006
pxc-splr 6:4007 17:4007
netcheque 6:4008 17:4008
chimera-hwm 6:4009 17:4009
samsung-unidex 6:4010 17:4010
altserviceboot 6:4011 17:4011
pda-gate 6:4012 17:4012
acl-manager 6:4013 17:4013
taiclock 6:4014 17:4014
talarian-mcast1 6:4015 17:4015
talarian-mcast2 6:4016 17:4016
talarian-mcast3 6:4017 17:4017
talarian-mcast4 6:4018 17:4018
talarian-mcast5 6:4019 17:4019
trap 6:4020 17:4020
nexus-portal 6:4021 17:4021
dnox 6:4022 17:4022
esnm-zoning 6:4023 17:4023
tnp1-port 6:4024 17:4024
partimage 6:4025 17:4025
as-debug 6:4026 17:4026
bxp 6:4027 17:4027
dtserver-port 6:4028 17:4028
ip-qsig 6:4029 17:4029
jdmn-port 6:4030 17:4030
suucp 6:4031 17:4031
vrts-auth-port 6:4032 17:4032
sanavigator 6:4033 17:4033
ubxd 6:4034 17:4034
wap-push-http 6:4035 17:4035
wap-push-https 6:4036 17:4036
ravehd 6:4037 17:4037
fazzt-ptp 6:4038 17:4038
fazzt-admin 6:4039 17:4039
yo-main 6:4040 17:4040
houston 6:4041 17:4041
ldxp 6:4042 17:4042
nirp 6:4043 17:4043
ltp 6:4044 17:4044
acp-proto 6:4046 17:4046
ctp-state 6:4047 17:4047
wafs 6:4049 17:4049
cisco-wafs 6:4050 17:4050
cppdp 6:4051 17:4051
interact 6:4052 17:4052
ccu-comm-1 6:4053 17:4053
ccu-comm-2 6:4054 17:4054
ccu-comm-3 6:4055 17:4055
lms 6:4056 17:4056
wfm 6:4057 17:4057
kingfisher 6:4058 17:4058
dlms-cosem 6:4059 17:4059
dsmeter-iatc 6:4060 17:4060
ice-location 6:4061 17:4061
ice-slocation 6:4062 17:4062
ice-router 6:4063 17:4063
ice-srouter 6:4064 17:4064
avanti-cdp 6:4065 17:4065
pmas 6:4066 17:4066
idp 6:4067 17:4067
ipfltbcst 6:4068 17:4068
minger 6:4069 17:4069
tripe 6:4070 17:4070
aibkup 6:4071 17:4071
zieto-sock 6:4072 17:4072
iRAPP 6:4073 17:4073
cequint-cityid 6:4074 17:4074
perimlan 6:4075 17:4075
seraph 6:4076 17:4076
ascomalarm 17:4077
cssp 6:4078
santools 6:4079 17:4079
lorica-in 6:4080 17:4080
lorica-in-sec 6:4081 17:4081
lorica-out 6:4082 17:4082
lorica-out-sec 6:4083 17:4083
fortisphere-vm 17:4084
ezmessagesrv 6:4085
ftsync 17:4086
applusservice 6:4087
npsp 6:4088
opencore 6:4089 17:4089
omasgport 6:4090 17:4090
ewinstaller 6:4091 17:4091
ewdgs 6:4092 17:4092
pvxpluscs 6:4093 17:4093
sysrqd 6:4094 17:4094
xtgui 6:4095 17:4095
bre 6:4096 17:4096
patrolview 6:4097 17:4097
drmsfsd 6:4098 17:4098
dpcp 6:4099 17:4099
igo-incognito 6:4100 17:4100
brlp-0 6:4101 17:4101
brlp-1 6:4102 17:4102
brlp-2 6:4103 17:4103
brlp-3 6:4104 17:4104
shofar 6:4105 17:4105
synchronite 6:4106 17:4106
j-ac 6:4107 17:4107
accel 6:4108 17:4108
izm 6:4109 17:4109
g2tag 6:4110 17:4110
xgrid 6:4111 17:4111
apple-vpns-rp 6:4112 17:4112
aipn-reg 6:4113 17:4113
jomamqmonitor 6:4114 17:4114
cds 6:4115 17:4115
smartcard-tls 6:4116 17:4116
hillrserv 6:4117 17:4117
netscript 6:4118 17:4118
assuria-slm 6:4119 17:4119
minirem 6:4120
e-builder 6:4121 17:4121
fprams 6:4122 17:4122
z-wave 6:4123 17:4123
tigv2 6:4124 17:4124
opsview-envoy 6:4125 17:4125
ddrepl 6:4126 17:4126
unikeypro 6:4127 17:4127
nufw 6:4128 17:4128
nuauth 6:4129 17:4129
fronet 6:4130 17:4130
stars 6:4131 17:4131
nuts-dem 6:4132 17:4132
nuts-bootp 6:4133 17:4133
nifty-hmi 6:4134 17:4134
cl-db-attach 6:4135 17:4135
cl-db-request 6:4136 17:4136
cl-db-remote 6:4137 17:4137
nettest 6:4138 17:4138
thrtx 6:4139 17:4139
cedros-fds 6:4140 17:4140
oirtgsvc 6:4141 17:4141
oidocsvc 6:4142 17:4142
oidsr 6:4143 17:4143
vvr-control 6:4145 17:4145
tgcconnect 6:4146 17:4146
vrxpservman 6:4147 17:4147
hhb-handheld 6:4148 17:4148
agslb 6:4149 17:4149
PowerAlert-nsa 6:4150 17:4150
menandmice-noh 6:4151 17:4151
idig-mux 6:4152 17:4152
mbl-battd 6:4153 17:4153
atlinks 6:4154 17:4154
bzr 6:4155 17:4155
stat-results 6:4156 17:4156
stat-scanner 6:4157 17:4157
stat-cc 6:4158 17:4158
nss 6:4159 17:4159
jini-discovery 6:4160 17:4160
omscontact 6:4161 17:4161
omstopology 6:4162 17:4162
silverpeakpeer 6:4163 17:4163
silverpeakcomm 6:4164 17:4164
altcp 6:4165 17:4165
joost 6:4166 17:4166
ddgn 6:4167 17:4167
pslicser 6:4168 17:4168
iadt 6:4169
iadt-disc 17:4169
d-cinema-csp 6:4170
ml-svnet 6:4171
pcoip 6:4172 17:4172
mma-discovery 17:4173
smcluster 6:4174
sm-disc 17:4174
bccp 6:4175
tl-ipcproxy 6:4176
wello 6:4177 17:4177
storman 6:4178 17:4178
MaxumSP 6:4179 17:4179
httpx 6:4180 17:4180
macbak 6:4181 17:4181
pcptcpservice 6:4182 17:4182
cyborgnet 6:4183 17:4183
universe-suite 6:4184 17:4184
wcpp 6:4185 17:4185
boxbackupstore 6:4186
csc-proxy 6:4187
vatata 6:4188 17:4188
pcep 6:4189
sieve 6:4190
dsmipv6 17:4191
azeti 6:4192
azeti-bd 17:4192
pvxplusio 6:4193
spdm 6:4194
aws-wsp 6:4195 17:4195 132:4195 33:4195
hctl 6:4197 17:4197
eims-admin 6:4199 17:4199
corelccam 6:4300 17:4300
d-data 6:4301 17:4301
d-data-control 6:4302 17:4302
srcp 6:4303 17:4303
owserver 6:4304 17:4304
batman 6:4305 17:4305
pinghgl 6:4306 17:4306
trueconf 6:4307 17:4307
compx-lockview 6:4308 17:4308
dserver 6:4309 17:4309
mirrtex 6:4310 17:4310
p6ssmc 6:4311
pscl-mgt 6:4312
perrla 6:4313
choiceview-agt 6:4314
choiceview-clt 6:4316
opentelemetry 6:4317
skytale 6:4319 17:4319
fdt-rcatp 6:4320 17:4320
rwhois 6:4321 17:4321
trim-event 6:4322 17:4322
trim-ice 6:4323 17:4323
geognosisadmin 6:4325
geognosisman 17:4325
geognosis 6:4326 17:4326
jaxer-web 6:4327 17:4327
jaxer-manager 6:4328 17:4328
publiqare-sync 6:4329
dey-sapi 6:4330
ktickets-rest 6:4331
getty-focus 6:4332
ahsp 6:4333 17:4333 132:4333
netconf-ch-ssh 6:4334
netconf-ch-tls 6:4335
restconf-ch-tls 6:4336
gaia 6:4340 17:4340
lisp-data 17:4341
lisp-control 17:4342
unicall 6:4343 17:4343
vinainstall 6:4344 17:4344
m4-network-as 6:4345 17:4345
elanlm 6:4346 17:4346
lansurveyor 6:4347 17:4347
itose 6:4348 17:4348
fsportmap 6:4349 17:4349
net-device 6:4350 17:4350
plcy-net-svcs 6:4351 17:4351
pjlink 6:4352 17:4352
f5-iquery 6:4353 17:4353
qsnet-trans 6:4354 17:4354
qsnet-workst 6:4355 17:4355
qsnet-assist 6:4356 17:4356
qsnet-cond 6:4357 17:4357
qsnet-nucl 6:4358 17:4358
omabcastltkm 6:4359 17:4359
matrix-vnet 6:4360
nacnl 17:4361
afore-vdp-disc 17:4362
shadowstream 17:4366
wxbrief 6:4368 17:4368
epmd 6:4369 17:4369
elpro-tunnel 6:4370 17:4370
l2c-control 6:4371
l2c-disc 17:4371
l2c-data 6:4372 17:4372
remctl 6:4373 17:4373
psi-ptt 6:4374
tolteces 6:4375 17:4375
bip 6:4376 17:4376
cp-spxsvr 6:4377 17:4377
cp-spxdpy 6:4378 17:4378
ctdb 6:4379 17:4379
xandros-cms 6:4389 17:4389
wiegand 6:4390 17:4390
apwi-imserver 6:4391
apwi-rxserver 6:4392
apwi-rxspooler 6:4393
apwi-disc 17:4394
omnivisionesx 6:4395 17:4395
fly 6:4396
ds-srv 6:4400 17:4400
ds-srvr 6:4401 17:4401
ds-clnt 6:4402 17:4402
ds-user 6:4403 17:4403
ds-admin 6:4404 17:4404
ds-mail 6:4405 17:4405
ds-slp 6:4406 17:4406
nacagent 6:4407
slscc 6:4408
netcabinet-com 6:4409
itwo-server 6:4410
found 6:4411
smallchat 17:4412
vision-mon 6:4413
vision-mon-disc 17:4413
updog 6:4414
brcd-vr-req 6:4415
pjj-player 6:4416
pjj-player-disc 17:4416
workflowdir 6:4417
axysbridge 17:4418
cbp 6:4419
nvme 6:4420 17:4420
scaleft 6:4421
tsepisp 6:4422
thingkit 6:4423
netrockey6 6:4425 17:4425
beacon-port-2 6:4426 17:4426
drizzle 6:4427
omviserver 6:4428
omviagent 6:4429
rsqlserver 6:4430 17:4430
wspipe 6:4431
l-acoustics 6:4432 17:4432
vop 6:4433
netblox 17:4441
saris 6:4442 17:4442
pharos 6:4443 17:4443
krb524 6:4444 17:4444
upnotifyp 6:4445 17:4445
n1-fwp 6:4446 17:4446
n1-rmgmt 6:4447 17:4447
asc-slmd 6:4448 17:4448
privatewire 6:4449 17:4449
camp 6:4450 17:4450
ctisystemmsg 6:4451 17:4451
ctiprogramload 6:4452 17:4452
nssalertmgr 6:4453 17:4453
nssagentmgr 6:4454 17:4454
prchat-user 6:4455 17:4455
prchat-server 6:4456 17:4456
prRegister 6:4457 17:4457
mcp 6:4458 17:4458
ntske 6:4460
hpssmgmt 6:4484 17:4484
assyst-dr 6:4485
icms 6:4486 17:4486
prex-tcp 6:4487
awacs-ice 6:4488 17:4488
ipsec-nat-t 6:4500 17:4500
a25-fap-fgw 132:4502
m-bus-oms 17:4503
armagetronad 17:4534
ehs 6:4535 17:4535
ehs-ssl 6:4536 17:4536
wssauthsvc 6:4537 17:4537
swx-gate 6:4538 17:4538
worldscores 6:4545 17:4545
sf-lm 6:4546 17:4546
lanner-lm 6:4547 17:4547
synchromesh 6:4548 17:4548
aegate 6:4549 17:4549
gds-adppiw-db 6:4550 17:4550
ieee-mih 6:4551 17:4551
menandmice-mon 6:4552 17:4552
icshostsvc 6:4553
msfrs 6:4554 17:4554
rsip 6:4555 17:4555
dtn-bundle 6:4556 17:4556 33:4556
mtcevrunqss 17:4557
mtcevrunqman 17:4558
hylafax 6:4559 17:4559
amahi-anywhere 6:4563
kwtc 6:4566 17:4566
tram 6:4567 17:4567
bmc-reporting 6:4568 17:4568
iax 6:4569 17:4569
deploymentmap 6:4570
cardifftec-back 6:4573
rid 6:4590
l3t-at-an 6:4591 17:4591
hrpd-ith-at-an 17:4592
ipt-anri-anri 6:4593 17:4593
ias-session 6:4594 17:4594
ias-paging 6:4595 17:4595
ias-neighbor 6:4596 17:4596
a21-an-1xbs 6:4597 17:4597
a16-an-an 6:4598 17:4598
a17-an-an 6:4599 17:4599
piranha1 6:4600 17:4600
piranha2 6:4601 17:4601
mtsserver 6:4602
menandmice-upg 6:4603
irp 6:4604
sixchat 6:4605
sixid 6:4606
ventoso 17:4621
dots-signal 6:4646 17:4646
playsta2-app 6:4658 17:4658
playsta2-lob 6:4659 17:4659
smaclmgr 6:4660 17:4660
kar2ouche 6:4661 17:4661
oms 6:4662 17:4662
noteit 6:4663 17:4663
ems 6:4664 17:4664
contclientms 6:4665 17:4665
eportcomm 6:4666 17:4666
mmacomm 6:4667 17:4667
mmaeds 6:4668 17:4668
eportcommdata 6:4669 17:4669
light 6:4670 17:4670
acter 6:4671 17:4671
rfa 6:4672 17:4672
cxws 6:4673 17:4673
appiq-mgmt 6:4674 17:4674
dhct-status 6:4675 17:4675
dhct-alerts 6:4676 17:4676
bcs 6:4677 17:4677
traversal 6:4678 17:4678
mgesupervision 6:4679 17:4679
mgemanagement 6:4680 17:4680
parliant 6:4681 17:4681
finisar 6:4682 17:4682
spike 6:4683 17:4683
rfid-rp1 6:4684 17:4684
autopac 6:4685 17:4685
msp-os 6:4686 17:4686
nst 6:4687 17:4687
mobile-p2p 6:4688 17:4688
altovacentral 6:4689 17:4689
prelude 6:4690 17:4690
mtn 6:4691 17:4691
conspiracy 6:4692 17:4692
netxms-agent 6:4700 17:4700
netxms-mgmt 6:4701 17:4701
netxms-sync 6:4702 17:4702
npqes-test 6:4703
assuria-ins 6:4704
trinity-dist 6:4711 17:4711 132:4711
truckstar 6:4725 17:4725
a26-fap-fgw 17:4726
fcis 6:4727
fcis-disc 17:4727
capmux 6:4728 17:4728
gsmtap 17:4729
gearman 6:4730 17:4730
remcap 6:4731
ohmtrigger 17:4732
resorcs 6:4733
ipdr-sp 6:4737 17:4737
solera-lpn 6:4738 17:4738
ipfix 6:4739 17:4739 132:4739
ipfixs 6:4740 132:4740 17:4740
lumimgrd 6:4741 17:4741
sicct 6:4742
sicct-sdp 17:4742
openhpid 6:4743 17:4743
ifsp 6:4744 17:4744
fmp 6:4745 17:4745
intelliadm-disc 17:4746
buschtrommel 17:4747
profilemac 6:4749 17:4749
ssad 6:4750 17:4750
spocp 6:4751 17:4751
snap 6:4752 17:4752
simon 6:4753
simon-disc 17:4753
gre-in-udp 17:4754
gre-udp-dtls 17:4755
RDCenter 6:4756
converge 6:4774
bfd-multi-ctl 6:4784 17:4784
cncp 17:4785
smart-install 6:4786
sia-ctrl-plane 6:4787
xmcp 6:4788
vxlan 17:4789
vxlan-gpe 17:4790
roce 17:4791
unified-bus 6:4792 17:4792
uet 17:4793
iims 6:4800 17:4800
iwec 6:4801 17:4801
ilss 6:4802 17:4802
notateit 6:4803
notateit-disc 17:4803
aja-ntv4-disc 17:4804
htcp 6:4827 17:4827
varadero-0 6:4837 17:4837
varadero-1 6:4838 17:4838
varadero-2 6:4839 17:4839
opcua-tcp 6:4840
opcua-udp 17:4840
quosa 6:4841 17:4841
gw-asv 6:4842 17:4842
opcua-tls 6:4843 17:4843
gw-log 6:4844 17:4844
wcr-remlib 6:4845 17:4845
contamac-icm 6:4846 17:4846
wfc 6:4847 17:4847
appserv-http 6:4848 17:4848
appserv-https 6:4849 17:4849
sun-as-nodeagt 6:4850 17:4850
derby-repli 6:4851 17:4851
unify-debug 6:4867 17:4867
phrelay 6:4868 17:4868
phrelaydbg 6:4869 17:4869
cc-tracking 6:4870 17:4870
wired 6:4871 17:4871
tritium-can 6:4876 17:4876
lmcs 6:4877 17:4877
inst-discovery 17:4878
wsdl-event 6:4879
hislip 6:4880
socp-t 17:4881
socp-c 17:4882
wmlserver 6:4883
hivestor 6:4884 17:4884
abbs 6:4885 17:4885
xcap-portal 6:4888
xcap-control 6:4889
lyskom 6:4894 17:4894
radmin-port 6:4899 17:4899
hfcs 6:4900 17:4900
flr-agent 6:4901
magiccontrol 6:4902
lutap 6:4912
lutcp 6:4913
bones 6:4914 17:4914
frcs 6:4915
an-signaling 17:4936
atsc-mh-ssc 17:4937
eq-office-4940 6:4940 17:4940
eq-office-4941 6:4941 17:4941
eq-office-4942 6:4942 17:4942
munin 6:4949 17:4949
sybasesrvmon 6:4950 17:4950
pwgwims 6:4951 17:4951
sagxtsds 6:4952 17:4952
dbsyncarbiter 6:4953
ccss-qmm 6:4969 17:4969
ccss-qsm 6:4970 17:4970
burp 6:4971
ctxs-vpp 17:4980
webyast 6:4984
gerhcs 6:4985
mrip 6:4986 17:4986
smar-se-port1 6:4987 17:4987
smar-se-port2 6:4988 17:4988
parallel 6:4989 17:4989
busycal 6:4990 17:4990
vrt 6:4991 17:4991
hfcs-manager 6:4999 17:4999
commplex-main 6:5000 17:5000
commplex-link 6:5001 17:5001
rfe 6:5002 17:5002
fmpro-internal 6:5003 17:5003
avt-profile-1 6:5004 17:5004 33:5004
avt-profile-2 6:5005 17:5005 33:5005
wsm-server 6:5006 17:5006
wsm-server-ssl 6:5007 17:5007
synapsis-edge 6:5008 17:5008
winfs 6:5009 17:5009
telelpathstart 6:5010 17:5010
telelpathattack 6:5011 17:5011
nsp 6:5012 17:5012
fmpro-v6 6:5013 17:5013
onpsocket 17:5014
fmwp 6:5015
zenginkyo-1 6:5020 17:5020
zenginkyo-2 6:5021 17:5021
mice 6:5022 17:5022
htuilsrv 6:5023 17:5023
scpi-telnet 6:5024 17:5024
scpi-raw 6:5025 17:5025
strexec-d 6:5026 17:5026
strexec-s 6:5027 17:5027
qvr 6:5028
infobright 6:5029 17:5029
dmp 17:5031
signacert-agent 6:5032
jtnetd-server 6:5033
jtnetd-status 6:5034
asnaacceler8db 6:5042 17:5042
swxadmin 6:5043 17:5043
lxi-evntsvc 6:5044 17:5044
osp 6:5045
vpm-udp 17:5046
iscape 17:5047
texai 6:5048
ivocalize 6:5049 17:5049
mmcc 6:5050 17:5050
ita-agent 6:5051 17:5051
ita-manager 6:5052 17:5052
rlm 6:5053
rlm-disc 17:5053
rlm-admin 6:5054
unot 6:5055 17:5055
intecom-ps1 6:5056 17:5056
intecom-ps2 6:5057 17:5057
locus-disc 17:5058
sds 6:5059 17:5059
sip 6:5060 17:5060 132:5060
sips 6:5061 17:5061 132:5061
na-localise 6:5062 17:5062
csrpc 6:5063
ca-1 6:5064 17:5064
ca-2 6:5065 17:5065
stanag-5066 6:5066 17:5066
authentx 6:5067 17:5067
bitforestsrv 6:5068
i-net-2000-npr 6:5069 17:5069
vtsas 6:5070 17:5070
powerschool 6:5071 17:5071
ayiya 6:5072 17:5072
tag-pm 6:5073 17:5073
alesquery 6:5074 17:5074
pvaccess 6:5075
pixelpusher 17:5078
cp-spxrpts 17:5079
onscreen 6:5080 17:5080
sdl-ets 6:5081 17:5081
qcp 6:5082 17:5082
qfp 6:5083 17:5083
llrp 6:5084 17:5084
encrypted-llrp 6:5085 17:5085
aprigo-cs 6:5086
biotic 6:5087
car 132:5090
cxtp 132:5091
magpie 17:5092
sentinel-lm 6:5093 17:5093
hart-ip 6:5094 17:5094
sentlm-srv2srv 6:5099 17:5099
socalia 6:5100 17:5100
talarian-tcp 6:5101
talarian-udp 17:5101
oms-nonsecure 6:5102 17:5102
actifio-c2c 6:5103
tinymessage 17:5104
hughes-ap 17:5105
actifioudsagent 6:5106
actifioreplic 6:5107
taep-as-svc 6:5111 17:5111
pm-cmdsvr 6:5112 17:5112
ev-services 6:5114
autobuild 6:5115
emb-proj-cmd 17:5116
gradecam 6:5117
barracuda-bbs 6:5120 17:5120
nbt-pc 6:5133 17:5133
ppactivation 6:5134
erp-scale 6:5135
minotaur-sa 17:5136
ctsd 6:5137 17:5137
rmonitor-secure 6:5145 17:5145
social-alarm 6:5146
atmp 6:5150 17:5150
esri-sde 6:5151 17:5151
sde-discovery 6:5152 17:5152
bzflag 6:5154 17:5154
asctrl-agent 6:5155 17:5155
rugameonline 6:5156
mediat 6:5157
snmpssh 6:5161
snmpssh-trap 6:5162
sbackup 6:5163
vpa 6:5164
vpa-disc 17:5164
ife-icorp 6:5165 17:5165
winpcs 6:5166 17:5166
scte104 6:5167 17:5167
scte30 6:5168 17:5168
pcoip-mgmt 6:5172
aol 6:5190 17:5190
aol-1 6:5191 17:5191
aol-2 6:5192 17:5192
aol-3 6:5193 17:5193
cpscomm 6:5194
ampl-lic 6:5195
ampl-tableproxy 6:5196
tunstall-lwp 6:5197
targus-getdata 6:5200 17:5200
targus-getdata1 6:5201 17:5201
targus-getdata2 6:5202 17:5202
targus-getdata3 6:5203 17:5203
nomad 6:5209
noteza 6:5215 132:5215
3exmp 6:5221
xmpp-client 6:5222
hpvirtgrp 6:5223 17:5223
hpvirtctrl 6:5224 17:5224
hp-server 6:5225 17:5225
hp-status 6:5226 17:5226
perfd 6:5227 17:5227
hpvroom 6:5228
jaxflow 6:5229
jaxflow-data 6:5230
crusecontrol 6:5231
csedaemon 6:5232
enfs 6:5233
eenet 6:5234 17:5234
galaxy-network 6:5235 17:5235
padl2sim 6:5236 17:5236
mnet-discovery 6:5237 17:5237
attune 6:5242
xycstatus 6:5243
downtools 6:5245
downtools-disc 17:5245
capwap-control 17:5246
capwap-data 17:5247
caacws 6:5248 17:5248
caaclang2 6:5249 17:5249
soagateway 6:5250 17:5250
caevms 6:5251 17:5251
movaz-ssc 6:5252 17:5252
kpdp 6:5253
logcabin 6:5254
3com-njack-1 6:5264 17:5264
3com-njack-2 6:5265 17:5265
xmpp-server 6:5269
cartographerxmp 6:5270 17:5270
cuelink 6:5271
cuelink-disc 17:5271
pk 6:5272 17:5272
xmpp-bosh 6:5280
undo-lm 6:5281
transmit-port 6:5282 17:5282
presence 6:5298 17:5298
nlg-data 6:5299 17:5299
hacl-hb 6:5300 17:5300
hacl-gs 6:5301 17:5301
hacl-cfg 6:5302 17:5302
hacl-probe 6:5303 17:5303
hacl-local 6:5304 17:5304
hacl-test 6:5305 17:5305
sun-mc-grp 6:5306 17:5306
sco-aip 6:5307 17:5307
cfengine 6:5308 17:5308
jprinter 6:5309 17:5309
outlaws 6:5310 17:5310
permabit-cs 6:5312 17:5312
rrdp 6:5313 17:5313
opalis-rbt-ipc 6:5314 17:5314
hacl-poll 6:5315 17:5315
hpbladems 6:5316
hpdevms 6:5317
pkix-cmc 6:5318
bsfserver-zn 6:5320
bsfsvr-zn-ssl 6:5321
kfserver 6:5343 17:5343
xkotodrcp 6:5344 17:5344
stuns 6:5349 17:5349
pcp-multicast 17:5350
pcp 17:5351
dns-llq 6:5352 17:5352
mdns 6:5353 17:5353
mdnsresponder 6:5354 17:5354
llmnr 6:5355 17:5355
ms-smlbiz 6:5356 17:5356
wsdapi 6:5357 17:5357
wsdapi-s 6:5358 17:5358
ms-alerter 6:5359 17:5359
ms-sideshow 6:5360 17:5360
ms-s-sideshow 6:5361 17:5361
serverwsd2 6:5362 17:5362
net-projection 6:5363 17:5363
kdnet 17:5364
stresstester 6:5397 17:5397
elektron-admin 6:5398 17:5398
securitychase 6:5399 17:5399
excerpt 6:5400 17:5400
excerpts 6:5401 17:5401
hpoms-ci-lstn 6:5403 17:5403
hpoms-dps-lstn 6:5404 17:5404
netsupport 6:5405 17:5405
systemics-sox 6:5406 17:5406
foresyte-clear 6:5407 17:5407
foresyte-sec 6:5408 17:5408
salient-dtasrv 6:5409 17:5409
salient-usrmgr 6:5410 17:5410
actnet 6:5411 17:5411
continuus 6:5412 17:5412
wwiotalk 6:5413 17:5413
statusd 6:5414 17:5414
ns-server 6:5415 17:5415
sns-gateway 6:5416 17:5416
sns-agent 6:5417 17:5417
mcntp 6:5418 17:5418
dj-ice 6:5419 17:5419
cylink-c 6:5420 17:5420
netsupport2 6:5421 17:5421
salient-mux 6:5422 17:5422
virtualuser 6:5423 17:5423
beyond-remote 6:5424 17:5424
br-channel 6:5425 17:5425
devbasic 6:5426 17:5426
sco-peer-tta 6:5427 17:5427
telaconsole 6:5428 17:5428
base 6:5429 17:5429
radec-corp 6:5430 17:5430
park-agent 6:5431 17:5431
postgresql 6:5432 17:5432
pyrrho 6:5433 17:5433
sgi-arrayd 6:5434 17:5434
sceanics 6:5435 17:5435
pmip6-cntl 17:5436
pmip6-data 17:5437
spss 6:5443 17:5443
smbdirect 6:5445 132:5445
tiepie 6:5450
tiepie-disc 17:5450
surebox 6:5453 17:5453
apc-5454 6:5454 17:5454
apc-5455 6:5455 17:5455
apc-5456 6:5456 17:5456
silkmeter 6:5461 17:5461
ttl-publisher 6:5462 17:5462
ttlpriceproxy 6:5463 17:5463
quailnet 6:5464 17:5464
netops-broker 6:5465 17:5465
apsolab-col 6:5470
apsolab-cols 6:5471
apsolab-tag 6:5472
apsolab-tags 6:5473
apsolab-rpc 17:5474
apsolab-data 6:5475
fcp-addr-srvr1 6:5500 17:5500
fcp-addr-srvr2 6:5501 17:5501
fcp-srvr-inst1 6:5502 17:5502
fcp-srvr-inst2 6:5503 17:5503
fcp-cics-gw1 6:5504 17:5504
checkoutdb 6:5505 17:5505
amc 6:5506 17:5506
psl-management 6:5507
matter 6:5540 17:5540
qftest-licserve 6:5543
cbus 6:5550
sgi-eventmond 6:5553 17:5553
sgi-esphttp 6:5554 17:5554
personal-agent 6:5555 17:5555
freeciv 6:5556 17:5556
farenet 6:5557
dp-bura 6:5565
westec-connect 6:5566
dof-dps-mc-sec 6:5567 17:5567
sdt 6:5568 17:5568
rdmnet-ctrl 6:5569
rdmnet-device 17:5569
sdmmp 6:5573 17:5573
lsi-bobcat 6:5574
ora-oap 6:5575
fdtracks 6:5579
tmosms0 6:5580 17:5580
tmosms1 6:5581 17:5581
fac-restore 6:5582 17:5582
tmo-icon-sync 6:5583 17:5583
bis-web 6:5584 17:5584
bis-sync 6:5585 17:5585
att-mt-sms 6:5586
ininmessaging 6:5597 17:5597
mctfeed 6:5598 17:5598
esinstall 6:5599 17:5599
esmmanager 6:5600 17:5600
esmagent 6:5601 17:5601
a1-msc 6:5602 17:5602
a1-bs 6:5603 17:5603
a3-sdunode 6:5604 17:5604
a4-sdunode 6:5605 17:5605
efr 6:5618
ninaf 6:5627 17:5627
htrust 6:5628 17:5628
symantec-sfdb 6:5629 17:5629
precise-comm 6:5630 17:5630
pcanywheredata 6:5631 17:5631
pcanywherestat 6:5632 17:5632
beorl 6:5633 17:5633
xprtld 6:5634 17:5634
sfmsso 6:5635
sfm-db-server 6:5636
cssc 6:5637
flcrs 6:5638
ics 6:5639
vfmobile 6:5646
nrpe 6:5666
filemq 6:5670
zre-disc 17:5670
amqps 6:5671 17:5671
amqp 6:5672 17:5672 132:5672
jms 6:5673 17:5673
hyperscsi-port 6:5674 17:5674
v5ua 6:5675 17:5675 132:5675
raadmin 6:5676 17:5676
questdb2-lnchr 6:5677 17:5677
rrac 6:5678 17:5678
dccm 6:5679 17:5679
auriga-router 6:5680 17:5680
ncxcp 6:5681 17:5681
brightcore 17:5682
coap 6:5683 17:5683
coaps 6:5684 17:5684
gog-multiplayer 17:5687
ggz 6:5688 17:5688
qmvideo 6:5689 17:5689
rbsystem 6:5693
kmip 6:5696
supportassist 6:5700
storageos 6:5705
proshareaudio 6:5713 17:5713
prosharevideo 6:5714 17:5714
prosharedata 6:5715 17:5715
prosharerequest 6:5716 17:5716
prosharenotify 6:5717 17:5717
dpm 6:5718 17:5718
dpm-agent 6:5719 17:5719
ms-licensing 6:5720 17:5720
dtpt 6:5721 17:5721
msdfsr 6:5722 17:5722
omhs 6:5723 17:5723
omsdk 6:5724 17:5724
ms-ilm 6:5725
ms-ilm-sts 6:5726
asgenf 6:5727
io-dist-data 6:5728
io-dist-group 17:5728
openmail 6:5729 17:5729
unieng 6:5730 17:5730
ida-discover1 6:5741 17:5741
ida-discover2 6:5742 17:5742
watchdoc-pod 6:5743 17:5743
watchdoc 6:5744 17:5744
fcopy-server 6:5745 17:5745
fcopys-server 6:5746 17:5746
tunatic 6:5747 17:5747
tunalyzer 6:5748 17:5748
rscd 6:5750 17:5750
openmailg 6:5755 17:5755
x500ms 6:5757 17:5757
openmailns 6:5766 17:5766
s-openmail 6:5767 17:5767
openmailpxy 6:5768 17:5768
spramsca 6:5769 17:5769
spramsd 6:5770 17:5770
netagent 6:5771 17:5771
starfield-io 6:5777 17:5777
vts-rpc 6:5780
3par-evts 6:5781 17:5781
3par-mgmt 6:5782 17:5782
3par-mgmt-ssl 6:5783 17:5783
ibar 17:5784
3par-rcopy 6:5785 17:5785
cisco-redu 17:5786
waascluster 17:5787
xtreamx 6:5793 17:5793
spdp 17:5794
enlabel-dpl 6:5798
icmpd 6:5813 17:5813
spt-automation 6:5814 17:5814
autopassdaemon 6:5820
shiprush-d-ch 6:5841
reversion 6:5842
wherehoo 6:5859 17:5859
ppsuitemsg 6:5863 17:5863
diameters 6:5868 132:5868
jute 6:5883
rfb 6:5900 17:5900
ff-ice 6:5903 17:5903 132:5903
ag-swim 6:5904 17:5904 132:5904
asmgcs 6:5905 17:5905 132:5905
rpas-c2 6:5906 17:5906 132:5906
dsd 6:5907 17:5907 132:5907
ipsma 6:5908 17:5908 132:5908
agma 6:5909 17:5909 132:5909
ats-atn 6:5910 17:5910
cm 132:5910
ats-acars 6:5911 17:5911
cpdlc 132:5911
ais-met 6:5912 17:5912
fis 132:5912
aoc-acars 6:5913 17:5913
ads-c 132:5913
ipsdtls 6:5914 17:5914 132:5914
indy 6:5963 17:5963
mppolicy-v5 6:5968 17:5968
mppolicy-mgr 6:5969 17:5969
couchdb 6:5984 17:5984
wsman 6:5985 17:5985
wsmans 6:5986 17:5986
wbem-rmi 6:5987 17:5987
wbem-http 6:5988 17:5988
wbem-https 6:5989 17:5989
wbem-exp-https 6:5990 17:5990
nuxsl 6:5991 17:5991
consul-insight 6:5992 17:5992
cim-rs 6:5993
rms-agent 6:5994
cvsup 6:5999 17:5999
x11 6:6000 6:6001 6:6002 6:6003 6:6004 6:6005 6:6006 6:6007 6:6008 6:6009 6:6010 6:6011 6:6012 6:6013 6:6014 6:6015 6:6016 6:6017 6:6018 6:6019 6:6020 6:6021 6:6022 6:6023 6:6024 6:6025 6:6026 6:6027 6:6028 6:6029 6:6030 6:6031 6:6032 6:6033 6:6034 6:6035 6:6036 6:6037 6:6038 6:6039 6:6040 6:6041 6:6042 6:6043 6:6044 6:6045 6:6046 6:6047 6:6048 6:6049 6:6050 6:6051 6:6052 6:6053 6:6054 6:6055 6:6056 6:6057 6:6058 6:6059 6:6060 6:6061 6:6062 6:6063 17:6000 17:6001 17:6002 17:6003 17:6004 17:6005 17:6006 17:6007 17:6008 17:6009 17:6010 17:6011 17:6012 17:6013 17:6014 17:6015 17:6016 17:6017 17:6018 17:6019 17:6020 17:6021 17:6022 17:6023 17:6024 17:6025 17:6026 17:6027 17:6028 17:6029 17:6030 17:6031 17:6032 17:6033 17:6034 17:6035 17:6036 17:6037 17:6038 17:6039 17:6040 17:6041 17:6042 17:6043 17:6044 17:6045 17:6046 17:6047 17:6048 17:6049 17:6050 17:6051 17:6052 17:6053 17:6054 17:6055 17:6056 17:6057 17:6058 17:6059 17:6060 17:6061 17:6062 17:6063
ndl-ahp-svc 6:6064 17:6064
winpharaoh 6:6065 17:6065
ewctsp 6:6066 17:6066
gsmp-ancp 6:6068
trip 6:6069 17:6069
messageasap 6:6070 17:6070
ssdtp 6:6071 17:6071
diagnose-proc 6:6072 17:6072
directplay8 6:6073 17:6073
max 6:6074 17:6074
dpm-acm 6:6075
msft-dpm-cert 6:6076
iconstructsrv 6:6077
gue 17:6080
geneve 17:6081
p25cai 17:6082
miami-bcast 17:6083
reload-config 6:6084
konspire2b 6:6085 17:6085
pdtp 6:6086 17:6086
ldss 6:6087 17:6087
doglms 6:6088
doglms-notify 17:6088
raxa-mgmt 6:6099
synchronet-db 6:6100 17:6100
synchronet-rtc 6:6101 17:6101
synchronet-upd 6:6102 17:6102
rets 6:6103 17:6103
dbdb 6:6104 17:6104
primaserver 6:6105 17:6105
mpsserver 6:6106 17:6106
etc-control 6:6107 17:6107
sercomm-scadmin 6:6108 17:6108
globecast-id 6:6109 17:6109
softcm 6:6110 17:6110
spc 6:6111 17:6111
dtspcd 6:6112 17:6112
dayliteserver 6:6113
wrspice 6:6114
xic 6:6115
xtlserv 6:6116
daylitetouch 6:6117
tipc 17:6118
spdy 6:6121
bex-webadmin 6:6122 17:6122
backup-express 6:6123 17:6123
pnbs 6:6124 17:6124
damewaremobgtwy 6:6130
nbt-wol 6:6133 17:6133
pulsonixnls 6:6140 17:6140
meta-corp 6:6141 17:6141
aspentec-lm 6:6142 17:6142
watershed-lm 6:6143 17:6143
statsci1-lm 6:6144 17:6144
statsci2-lm 6:6145 17:6145
lonewolf-lm 6:6146 17:6146
montage-lm 6:6147 17:6147
tal-pod 6:6149 17:6149
efb-aci 6:6159
ecmp 6:6160
ecmp-data 17:6160
patrol-ism 6:6161 17:6161
patrol-coll 6:6162 17:6162
pscribe 6:6163 17:6163
lm-x 6:6200 17:6200
thermo-calc 17:6201
qmtps 6:6209 17:6209
radmind 6:6222 17:6222
jeol-nsdtp-1 6:6241
jeol-nsddp-1 17:6241
jeol-nsdtp-2 6:6242
jeol-nsddp-2 17:6242
jeol-nsdtp-3 6:6243
jeol-nsddp-3 17:6243
jeol-nsdtp-4 6:6244
jeol-nsddp-4 17:6244
tl1-raw-ssl 6:6251 17:6251
tl1-ssh 6:6252 17:6252
crip 6:6253 17:6253
gld 6:6267
grid 6:6268 17:6268
grid-alt 6:6269 17:6269
bmc-grx 6:6300 17:6300
bmc-ctd-ldap 6:6301 17:6301
ufmp 6:6306 17:6306
scup 6:6315
scup-disc 17:6315
abb-escp 6:6316 17:6316
nav-data-cmd 6:6317
nav-data 17:6317
iona-data 6:6318
repsvc 6:6320 17:6320
emp-server1 6:6321 17:6321
emp-server2 6:6322 17:6322
hrd-ncs 6:6324
hrd-ns-disc 17:6324
dt-mgmtsvc 6:6325
dt-vra 6:6326
sflow 6:6343 17:6343
streletz 6:6344
gnutella-svc 6:6346 17:6346
gnutella-rtr 6:6347 17:6347
adap 6:6350 17:6350
pmcs 6:6355 17:6355
metaedit-mu 6:6360 17:6360
ndn 17:6363
metaedit-se 6:6370 17:6370
redis 6:6379
metatude-mds 6:6382 17:6382
clariion-evr01 6:6389 17:6389
metaedit-ws 6:6390 17:6390
faxcomservice 6:6417 17:6417
syserverremote 6:6418
svdrp 6:6419
svdrp-disc 17:6419
nim-vdrshell 6:6420 17:6420
nim-wan 6:6421 17:6421
pgbouncer 6:6432
heliosd 6:6440
tarp 6:6442
sun-sr-https 6:6443 17:6443
sge-qmaster 6:6444 17:6444
sge-execd 6:6445 17:6445
mysql-proxy 6:6446 17:6446
skip-cert-recv 6:6455 17:6455
skip-cert-send 6:6456 17:6456
ieee11073-20701 6:6464 17:6464
lvision-lm 6:6471 17:6471
sun-sr-http 6:6480 17:6480
servicetags 6:6481 17:6481
ldoms-mgmt 6:6482 17:6482
SunVTS-RMI 6:6483 17:6483
sun-sr-jms 6:6484 17:6484
sun-sr-iiop 6:6485 17:6485
sun-sr-iiops 6:6486 17:6486
sun-sr-iiop-aut 6:6487 17:6487
sun-sr-jmx 6:6488 17:6488
sun-sr-admin 6:6489 17:6489
boks 6:6500 17:6500
boks-servc 6:6501 17:6501
boks-servm 6:6502 17:6502
boks-clntd 6:6503 17:6503
badm-priv 6:6505 17:6505
badm-pub 6:6506 17:6506
bdir-priv 6:6507 17:6507
bdir-pub 6:6508 17:6508
mgcs-mfp-port 6:6509 17:6509
mcer-port 6:6510 17:6510
dccp-udp 17:6511
netconf-tls 6:6513
syslog-tls 6:6514 17:6514 33:6514
elipse-rec 6:6515 17:6515
lds-distrib 6:6543 17:6543
lds-dump 6:6544 17:6544
apc-6547 6:6547 17:6547
apc-6548 6:6548 17:6548
apc-6549 6:6549 17:6549
fg-sysupdate 6:6550 17:6550
sum 6:6551 17:6551
checkmk-agent 6:6556
xdsxdm 6:6558 17:6558
sane-port 6:6566 17:6566
canit-store 6:6568
rp-reputation 17:6568
affiliate 6:6579 17:6579
parsec-master 6:6580 17:6580
parsec-peer 6:6581 17:6581
parsec-game 6:6582 17:6582
joaJewelSuite 6:6583 17:6583
mshvlm 6:6600
mstmg-sstp 6:6601
wsscomfrmwk 6:6602
odette-ftps 6:6619 17:6619
kftp-data 6:6620 17:6620
kftp 6:6621 17:6621
mcftp 6:6622 17:6622
ktelnet 6:6623 17:6623
datascaler-db 6:6624
datascaler-ctl 6:6625
wago-service 6:6626 17:6626
nexgen 6:6627 17:6627
afesc-mc 6:6628 17:6628
nexgen-aux 6:6629 17:6629
mxodbc-connect 6:6632
cisco-vpath-tun 17:6633
mpls-pm 17:6634
mpls-udp 17:6635
mpls-udp-dtls 17:6636
ovsdb 6:6640
openflow 6:6653 17:6653
pcs-sf-ui-man 6:6655
emgmsg 6:6656
palcom-disc 17:6657
ircu 6:6665 6:6666 6:6667 6:6668 6:6669
vocaltec-gold 6:6670 17:6670
p4p-portal 6:6671 17:6671
vision-server 6:6672 17:6672
vision-elmd 6:6673 17:6673
vfbp 6:6678
vfbp-disc 17:6678
osaut 6:6679 17:6679
clever-ctrace 6:6687
clever-tcpip 6:6688
tsa 6:6689 17:6689
cleverdetect 6:6690
babel 17:6696
ircs-u 6:6697
babel-dtls 17:6699
kti-icad-srvr 6:6701 17:6701
e-design-net 6:6702 17:6702
e-design-web 6:6703 17:6703
frc-hp 132:6704
frc-mp 132:6705
frc-lp 132:6706
ibprotocol 6:6714 17:6714
fibotrader-com 6:6715 17:6715
princity-agent 6:6716
bmc-perf-agent 6:6767 17:6767
bmc-perf-mgrd 6:6768 17:6768
adi-gxp-srvprt 6:6769 17:6769
plysrv-http 6:6770 17:6770
plysrv-https 6:6771 17:6771
ntz-tracker 6:6777
ntz-p2p-storage 6:6778
bfd-lag 17:6784
dgpf-exchg 6:6785 17:6785
smc-jmx 6:6786 17:6786
smc-admin 6:6787 17:6787
smc-http 6:6788 17:6788
radg 6:6789
hnmp 6:6790 17:6790
hnm 6:6791 17:6791
acnet 6:6801 17:6801
pentbox-sim 6:6817
ambit-lm 6:6831 17:6831
netmo-default 6:6841 17:6841
netmo-http 6:6842 17:6842
iccrushmore 6:6850 17:6850
acctopus-cc 6:6868
acctopus-st 17:6868
muse 6:6888 17:6888
rtimeviewer 6:6900
jetstream 6:6901
split-ping 6:6924 17:6924
ethoscan 6:6935 17:6935
xsmsvc 6:6936 17:6936
bioserver 6:6946 17:6946
otlp 6:6951 17:6951
jmact3 6:6961 17:6961
jmevt2 6:6962 17:6962
swismgr1 6:6963 17:6963
swismgr2 6:6964 17:6964
swistrap 6:6965 17:6965
swispol 6:6966 17:6966
acmsoda 6:6969 17:6969
conductor 6:6970
conductor-mpx 132:6970
qolyester 17:6980
MobilitySrv 6:6997 17:6997
iatp-highpri 6:6998 17:6998
iatp-normalpri 6:6999 17:6999
afs3-fileserver 6:7000 17:7000
afs3-callback 6:7001 17:7001
afs3-prserver 6:7002 17:7002
afs3-vlserver 6:7003 17:7003
afs3-kaserver 6:7004 17:7004
afs3-volser 6:7005 17:7005
afs3-errors 6:7006 17:7006
afs3-bos 6:7007 17:7007
afs3-update 6:7008 17:7008
afs3-rmtsys 6:7009 17:7009
ups-onlinet 6:7010 17:7010
talon-disc 6:7011 17:7011
talon-engine 6:7012 17:7012
microtalon-dis 6:7013 17:7013
microtalon-com 6:7014 17:7014
talon-webserver 6:7015 17:7015
spg 6:7016 17:7016
grasp 6:7017 17:7017
fisa-svc 6:7018
doceri-ctl 6:7019
doceri-view 17:7019
dpserve 6:7020 17:7020
dpserveadmin 6:7021 17:7021
ctdp 6:7022 17:7022
ct2nmcs 6:7023 17:7023
vmsvc 6:7024 17:7024
vmsvc-2 6:7025 17:7025
loreji-panel 6:7026
op-probe 6:7030 17:7030
iposplanet 6:7031
quest-disc 17:7040
arcp 6:7070 17:7070
iwg1 6:7071 17:7071
iba-cfg 6:7072
iba-cfg-disc 17:7072
martalk 6:7073
empowerid 6:7080 17:7080
zixi-transport 17:7088
jdp-disc 17:7095
lazy-ptop 6:7099 17:7099
font-service 6:7100 17:7100
elcn 6:7101 17:7101
aes-x170 17:7107
rothaga 6:7117
virprot-lm 6:7121 17:7121
snif 6:7123
scenidm 6:7128 17:7128
scenccs 6:7129 17:7129
cabsm-comm 6:7161 17:7161
caistoragemgr 6:7162 17:7162
cacsambroker 6:7163 17:7163
fsr 6:7164 17:7164
doc-server 6:7165 17:7165
aruba-server 6:7166 17:7166
casrmagent 6:7167
cnckadserver 6:7168
ccag-pib 6:7169 17:7169
nsrp 6:7170 17:7170
drm-production 6:7171 17:7171
metalbend 6:7172
zsecure 6:7173
clutild 6:7174 17:7174
janus-disc 17:7181
fodms 6:7200 17:7200
dlip 6:7201 17:7201
pon-ictp 6:7202
PS-Server 6:7215
PS-Capture-Pro 6:7216
ramp 6:7227 17:7227
citrixupp 6:7228
citrixuppg 6:7229
asa-gateways 6:7234
aspcoordination 17:7235
display 6:7236
pads 6:7237
frc-hicp 6:7244
frc-hicp-disc 17:7244
cnap 6:7262 17:7262
watchme-7272 6:7272 17:7272
oma-rlp 6:7273 17:7273
oma-rlp-s 6:7274 17:7274
oma-ulp 6:7275 17:7275
oma-ilp 6:7276 17:7276
oma-ilp-s 6:7277 17:7277
oma-dcdocbs 6:7278 17:7278
ctxlic 6:7279 17:7279
itactionserver1 6:7280 17:7280
itactionserver2 6:7281 17:7281
mzca-action 6:7282
mzca-alert 17:7282
genstat 6:7283
lcm-server 6:7365 17:7365
mindfilesys 6:7391 17:7391
mrssrendezvous 6:7392 17:7392
nfoldman 6:7393 17:7393
fse 6:7394 17:7394
winqedit 6:7395 17:7395
hexarc 6:7397 17:7397
rtps-discovery 6:7400 17:7400
rtps-dd-ut 6:7401 17:7401
rtps-dd-mt 6:7402 17:7402
ionixnetmon 6:7410 17:7410
daqstream 6:7411 17:7411
ipluminary 17:7420
mtportmon 6:7421 17:7421
pmdmgr 6:7426 17:7426
oveadmgr 6:7427 17:7427
ovladmgr 6:7428 17:7428
opi-sock 6:7429 17:7429
xmpv7 6:7430 17:7430
pmd 6:7431 17:7431
faximum 6:7437 17:7437
oracleas-https 6:7443 17:7443
sttunnel 6:7471
rise 6:7473 17:7473
neo4j 6:7474
openit 6:7478
telops-lmd 6:7491 17:7491
silhouette 6:7500 17:7500
ovbus 6:7501 17:7501
adcp 6:7508
acplt 6:7509
ovhpas 6:7510 17:7510
pafec-lm 6:7511 17:7511
saratoga 6:7542 17:7542
atul 6:7543 17:7543
nta-ds 6:7544 17:7544
nta-us 6:7545 17:7545
cfs 6:7546 17:7546
cwmp 6:7547 17:7547
tidp 6:7548 17:7548
nls-tl 6:7549 17:7549
cloudsignaling 17:7550
controlone-con 6:7551
sncp 6:7560 17:7560
cfw 6:7563
vsi-omega 6:7566 17:7566
dell-eql-asm 6:7569
aries-kfinder 6:7570 17:7570
coherence 6:7574
coherence-disc 17:7574
wtmi-panel 6:7575
sun-lm 6:7588 17:7588
mipi-debug 6:7606 17:7606
indi 6:7624 17:7624
simco 6:7626 132:7626
soap-http 6:7627 17:7627
zen-pawn 6:7628 17:7628
xdas 6:7629 17:7629
hawk 6:7630
tesla-sys-msg 6:7631
pmdfmgt 6:7633 17:7633
cuseeme 6:7648 17:7648
rome 6:7663 17:7663
authoritygate 6:7668
imqstomp 6:7672
imqstomps 6:7673
imqtunnels 6:7674 17:7674
imqtunnel 6:7675 17:7675
imqbrokerd 6:7676 17:7676
sun-user-https 6:7677 17:7677
ms-do 6:7680 17:7680
dmt 6:7683
bolt 6:7687
collaber 6:7689 17:7689
sovd 6:7690
klio 6:7697 17:7697
em7-secom 6:7700
nfapi 132:7701
sync-em7 6:7707 17:7707
scinet 6:7708 17:7708
medimageportal 6:7720 17:7720
nsdeepfreezectl 6:7724 17:7724
nitrogen 6:7725 17:7725
freezexservice 6:7726 17:7726
trident-data 6:7727 17:7727
osvr 6:7728 17:7728 132:7728
smip 6:7734 17:7734
aiagent 6:7738 17:7738
scriptview 6:7741 17:7741
msss 6:7742
sstp-1 6:7743 17:7743
raqmon-pdu 6:7744 17:7744
prgp 6:7747 17:7747
inetfs 6:7775
cbt 6:7777 17:7777
interwise 6:7778 17:7778
vstat 6:7779 17:7779
accu-lmgr 6:7781 17:7781
s-bfd 17:7784
minivend 6:7786 17:7786
popup-reminders 6:7787 17:7787
office-tools 6:7789 17:7789
q3ade 6:7794 17:7794
pnet-conn 6:7797 17:7797
pnet-enc 6:7798 17:7798
altbsdp 6:7799 17:7799
asr 6:7800 17:7800
ssp-client 6:7801 17:7801
vns-tp 17:7802
rbt-wanopt 6:7810 17:7810
apc-7845 6:7845 17:7845
apc-7846 6:7846 17:7846
csoauth 6:7847
mobileanalyzer 6:7869
rbt-smc 6:7870
mdm 6:7871
mipv6tls 17:7872
owms 6:7878
pss 6:7880 17:7880
ubroker 6:7887 17:7887
mevent 6:7900 17:7900
tnos-sp 6:7901 17:7901
tnos-dp 6:7902 17:7902
tnos-dps 6:7903 17:7903
qo-secure 6:7913 17:7913
t2-drm 6:7932 17:7932
t2-brm 6:7933 17:7933
generalsync 6:7962 17:7962
supercell 6:7967 17:7967
micromuse-ncps 6:7979 17:7979
quest-vista 6:7980 17:7980
sossd-collect 6:7981
sossd-agent 6:7982
sossd-disc 17:7982
pushns 6:7997
usicontentpush 17:7998
irdmi2 6:7999 17:7999
irdmi 6:8000 17:8000
vcom-tunnel 6:8001 17:8001
teradataordbms 6:8002 17:8002
mcreport 6:8003 17:8003
p2pevolvenet 6:8004
mxi 6:8005 17:8005
wpl-analytics 6:8006
wpl-disc 17:8006
warppipe 6:8007 17:8007
nvme-disc 6:8009
cfg-cloud 6:8015
ads-s 6:8016
cisco-cloudsec 17:8017
qbdb 6:8019 17:8019
intu-ec-svcdisc 6:8020 17:8020
intu-ec-client 6:8021 17:8021
oa-system 6:8022 17:8022
arca-api 6:8023 17:8023
ca-audit-da 6:8025 17:8025
ca-audit-ds 6:8026 17:8026
papachi-p2p-srv 6:8027 17:8027
pro-ed 6:8032 17:8032
mindprint 6:8033 17:8033
vantronix-mgmt 6:8034 17:8034
ampify 6:8040 17:8040
enguity-xccetp 6:8041 17:8041
fs-agent 6:8042
fs-server 6:8043
fs-mgmt 6:8044
rocrail 6:8051
senomix01 6:8052 17:8052
senomix02 6:8053 17:8053
senomix03 6:8054 17:8054
senomix04 6:8055 17:8055
senomix05 6:8056 17:8056
senomix06 6:8057 17:8057
senomix07 6:8058 17:8058
senomix08 6:8059 17:8059
aero 17:8060
nikatron-dev 6:8061
toad-bi-appsrvr 6:8066
infi-async 6:8067
ucs-isc 6:8070
gadugadu 6:8074 17:8074
sunproxyadmin 6:8081 17:8081
us-cli 6:8082 17:8082
us-srv 6:8083 17:8083
websnp 6:8084
d-s-n 6:8086 17:8086
simplifymedia 6:8087 17:8087
radan-http 6:8088 17:8088
opsmessaging 6:8090
jamlink 6:8091
sac 6:8097 17:8097
xprint-server 6:8100 17:8100
ldoms-migr 6:8101
kz-migr 6:8102
skynetflow 17:8111
mtl8000-matrix 6:8115 17:8115
cp-cluster 6:8116 17:8116
purityrpc 6:8117
privoxy 6:8118 17:8118
apollo-data 6:8121 17:8121
apollo-admin 6:8122 17:8122
paycash-online 6:8128 17:8128
paycash-wbp 6:8129 17:8129
indigo-vrmi 6:8130 17:8130
indigo-vbcp 6:8131 17:8131
dbabble 6:8132 17:8132
puppet 6:8140
isdd 6:8148 17:8148
eor-game 17:8149
quantastor 6:8153
patrol 6:8160 17:8160
patrol-snmp 6:8161 17:8161
lpar2rrd 6:8162
intermapper 6:8181
vmware-fdm 6:8182 17:8182
proremote 6:8183
itach 6:8184 17:8184
gcp-rphy 6:8190
limnerpressure 6:8191
spytechphone 6:8192 17:8192
blp1 6:8194 17:8194
blp2 6:8195 17:8195
vvr-data 6:8199 17:8199
trivnet1 6:8200 17:8200
trivnet2 6:8201 17:8201
aesop 17:8202
lm-perfworks 6:8204 17:8204
lm-instmgr 6:8205 17:8205
lm-dta 6:8206 17:8206
lm-sserver 6:8207 17:8207
lm-webwatcher 6:8208 17:8208
aruba-papi 17:8211
rexecj 6:8230 17:8230
hncp-udp-port 17:8231
hncp-dtls-port 17:8232
synapse-nhttps 6:8243 17:8243
espeasy-p2p 17:8266
robot-remote 6:8270
ms-mcc 6:8276 17:8276
synapse-nhttp 6:8280 17:8280
libelle 6:8282
libelle-disc 17:8282
blp3 6:8292 17:8292
hiperscan-id 6:8293
blp4 6:8294 17:8294
tmi 6:8300 17:8300
amberon 6:8301 17:8301
hub-open-net 6:8313
tnp-discover 6:8320 17:8320
tnp 6:8321 17:8321
garmin-marine 6:8322 17:8322
server-find 6:8351 17:8351
cruise-enum 6:8376 17:8376
cruise-swroute 6:8377 17:8377
cruise-config 6:8378 17:8378
cruise-diags 6:8379 17:8379
cruise-update 6:8380 17:8380
m2mservices 6:8383 17:8383
marathontp 17:8384
cvd 6:8400 17:8400
sabarsd 6:8401 17:8401
abarsd 6:8402 17:8402
svcloud 6:8404
svbackup 6:8405
dlpx-sp 6:8415
espeech 6:8416 17:8416
espeech-rtp 6:8417 17:8417
aritts 6:8423
pgbackrest 6:8432
aws-as2 17:8433
cybro-a-bus 6:8442 17:8442
pcsync-https 6:8443 17:8443
pcsync-http 6:8444 17:8444
copy 6:8445
copy-disc 17:8445
matrix-fed 6:8448
npmp 6:8450 17:8450
nexentamv 6:8457
cisco-avp 6:8470
pim-port 6:8471 132:8471
otv 6:8472 17:8472
vp2p 6:8473 17:8473
noteshare 6:8474 17:8474
fmtp 6:8500 17:8500
cmtp-mgt 6:8501
cmtp-av 17:8501
ftnmtp 6:8502
lsp-self-ping 17:8503
rtsp-alt 6:8554 17:8554
d-fence 6:8555 17:8555
dof-tunnel 6:8567 17:8567
asterix 6:8600 17:8600
canon-cpp-disc 17:8609
canon-mfnp 6:8610 17:8610
canon-bjnp1 6:8611 17:8611
canon-bjnp2 6:8612 17:8612
canon-bjnp3 6:8613 17:8613
canon-bjnp4 6:8614 17:8614
imink 6:8615
monetra 6:8665
monetra-admin 6:8666
spartan 6:8668
msi-cps-rm 6:8675
msi-cps-rm-disc 17:8675
sun-as-jmxrmi 6:8686 17:8686
openremote-ctrl 6:8688
vnyx 6:8699
semi-grpc 6:8710
nvc 6:8711
dtp-net 17:8732
ibus 6:8733 17:8733
dey-keyneg 6:8750
mc-appserver 6:8763 17:8763
openqueue 6:8764 17:8764
ultraseek-http 6:8765 17:8765
amcs 6:8766 17:8766
core-of-source 6:8767
sandpolis 6:8768
oktaauthenticat 6:8769
dpap 6:8770 17:8770
uec 6:8778
msgclnt 6:8786 17:8786
msgsrvr 6:8787 17:8787
acd-pm 6:8793 17:8793
sunwebadmin 6:8800 17:8800
truecm 6:8804 17:8804
pfcp 17:8805
hes-clip 17:8807
ssports-bcast 17:8808
3gpp-monp 17:8809
dxspider 6:8873 17:8873
cddbp-alt 6:8880 17:8880
galaxy4d 6:8881
secure-mqtt 6:8883 17:8883
ddi-tcp-1 6:8888
ddi-udp-1 17:8888
ddi-tcp-2 6:8889
ddi-udp-2 17:8889
ddi-tcp-3 6:8890
ddi-udp-3 17:8890
ddi-tcp-4 6:8891
ddi-udp-4 17:8891
ddi-tcp-5 6:8892
ddi-udp-5 17:8892
ddi-tcp-6 6:8893
ddi-udp-6 17:8893
ddi-tcp-7 6:8894
ddi-udp-7 17:8894
ospf-lite 6:8899 17:8899
jmb-cds1 6:8900 17:8900
jmb-cds2 6:8901 17:8901
dpp 6:8908
manyone-http 6:8910 17:8910
manyone-xml 6:8911 17:8911
wcbackup 6:8912 17:8912
dragonfly 6:8913 17:8913
twds 6:8937
ub-dns-control 6:8953
cumulus-admin 6:8954 17:8954
nod-provider 6:8980 17:8980
nod-client 17:8981
sunwebadmins 6:8989 17:8989
http-wmap 6:8990 17:8990
https-wmap 6:8991 17:8991
oracle-ms-ens 6:8997
canto-roboflow 6:8998
bctp 6:8999 17:8999
cslistener 6:9000 17:9000
etlservicemgr 6:9001 17:9001
dynamid 6:9002 17:9002
golem 6:9005
ogs-client 17:9007
ogs-server 6:9008
pichat 6:9009 17:9009
sdr 6:9010
d-star 17:9011
tambora 6:9020 17:9020
panagolin-ident 6:9021 17:9021
paragent 6:9022 17:9022
swa-1 6:9023 17:9023
swa-2 6:9024 17:9024
swa-3 6:9025 17:9025
swa-4 6:9026 17:9026
versiera 6:9050
fio-cmgmt 6:9051
CardWeb-IO 6:9060
CardWeb-RT 17:9060
glrpc 6:9080 17:9080
cisco-aqos 17:9081
lcs-ap 132:9082
emc-pp-mgmtsvc 6:9083
aurora 6:9084 17:9084 132:9084
ibm-rsyscon 6:9085 17:9085
net2display 6:9086 17:9086
classic 6:9087 17:9087
sqlexec 6:9088 17:9088
sqlexec-ssl 6:9089 17:9089
websm 6:9090 17:9090
xmltec-xmlmail 6:9091 17:9091
XmlIpcRegSvc 6:9092 17:9092
copycat 6:9093
hp-pdl-datastr 6:9100 17:9100
bacula-dir 6:9101 17:9101
bacula-fd 6:9102 17:9102
bacula-sd 6:9103 17:9103
peerwire 6:9104 17:9104
xadmin 6:9105 17:9105
astergate 6:9106
astergate-disc 17:9106
astergatefax 6:9107
hexxorecore 6:9111 17:9111
mxit 6:9119 17:9119
grcmp 6:9122
grcp 6:9123
dddp 6:9131 17:9131
apani1 6:9160 17:9160
apani2 6:9161 17:9161
apani3 6:9162 17:9162
apani4 6:9163 17:9163
apani5 6:9164 17:9164
sun-as-jpda 6:9191 17:9191
wap-wsp 6:9200 17:9200
wap-wsp-wtp 6:9201 17:9201
wap-wsp-s 6:9202 17:9202
wap-wsp-wtp-s 6:9203 17:9203
wap-vcard 6:9204 17:9204
wap-vcal 6:9205 17:9205
wap-vcard-s 6:9206 17:9206
wap-vcal-s 6:9207 17:9207
rjcdb-vcards 6:9208 17:9208
almobile-system 6:9209 17:9209
oma-mlp 6:9210 17:9210
oma-mlp-s 6:9211 17:9211
serverviewdbms 6:9212 17:9212
serverstart 6:9213 17:9213
ipdcesgbs 6:9214 17:9214
insis 6:9215 17:9215
acme 6:9216 17:9216
fsc-port 6:9217 17:9217
teamcoherence 6:9222 17:9222
traingpsdata 17:9277
pegasus 6:9278 17:9278
pegasus-ctl 6:9279 17:9279
pgps 6:9280 17:9280
swtp-port1 6:9281 17:9281
swtp-port2 6:9282 17:9282
callwaveiam 6:9283 17:9283
visd 6:9284 17:9284
n2h2server 6:9285 17:9285
n2receive 17:9286
cumulus 6:9287 17:9287
armtechdaemon 6:9292 17:9292
storview 6:9293 17:9293
armcenterhttp 6:9294 17:9294
armcenterhttps 6:9295 17:9295
vrace 6:9300 17:9300
sphinxql 6:9306
sapms 6:9310
sphinxapi 6:9312
secure-ts 6:9318 17:9318
guibase 6:9321 17:9321
gnmi-gnoi 6:9339
gribi 6:9340
mpidcmgr 6:9343 17:9343
mphlpdmc 6:9344 17:9344
rancher 6:9345
ctechlicensing 6:9346 17:9346
fjdmimgr 6:9374 17:9374
boxp 6:9380 17:9380
d2dconfig 6:9387
d2ddatatrans 6:9388
adws 6:9389
otp 6:9390
fjinvmgr 6:9396 17:9396
mpidcagt 6:9397 17:9397
sec-t4net-srv 6:9400 17:9400
sec-t4net-clt 6:9401 17:9401
sec-pc2fax-srv 6:9402 17:9402
git 6:9418 17:9418
tungsten-https 6:9443 17:9443
wso2esb-console 6:9444 17:9444
mindarray-ca 6:9445
sntlkeyssrvr 6:9450 17:9450
ismserver 6:9500 17:9500
sma-spw 17:9522
mngsuite 6:9535 17:9535
laes-bf 6:9536 17:9536
trispen-sra 6:9555 17:9555
p4runtime 6:9559
ldgateway 6:9592 17:9592
cba8 6:9593 17:9593
msgsys 6:9594 17:9594
pds 6:9595 17:9595
mercury-disc 6:9596 17:9596
pd-admin 6:9597 17:9597
vscp 6:9598 17:9598
robix 6:9599 17:9599
micromuse-ncpw 6:9600 17:9600
streamcomm-ds 6:9612 17:9612
iadt-tls 6:9614
erunbook-agent 6:9616
erunbook-server 6:9617
condor 6:9618 17:9618
odbcpathway 6:9628 17:9628
uniport 6:9629 17:9629
peoctlr 6:9630
peocoll 6:9631
mc-comm 17:9632
pqsflows 6:9640
zoomcp 6:9666
xmms2 6:9667 17:9667
tec5-sdctp 6:9668 17:9668
client-wakeup 6:9694 17:9694
ccnx 6:9695 17:9695
board-roar 6:9700 17:9700
l5nas-parchan 6:9747 17:9747
board-voip 6:9750 17:9750
rasadv 6:9753 17:9753
tungsten-http 6:9762 17:9762
davsrc 6:9800 17:9800
sstp-2 6:9801 17:9801
davsrcs 6:9802 17:9802
sapv1 6:9875 17:9875
sd 6:9876
x510 6:9877
kca-service 17:9878
cyborg-systems 6:9888 17:9888
gt-proxy 6:9889 17:9889
monkeycom 6:9898 17:9898
sctp-tunneling 17:9899
iua 6:9900 17:9900 132:9900
enrp 17:9901
enrp-sctp 132:9901
enrp-sctp-tls 132:9902
multicast-ping 17:9903
domaintime 6:9909 17:9909
sype-transport 6:9911 17:9911
xybrid-cloud 6:9925
apc-9950 6:9950 17:9950
apc-9951 6:9951 17:9951
apc-9952 6:9952 17:9952
acis 6:9953 17:9953
hinp 6:9954
alljoyn-stm 6:9955
alljoyn-mcm 17:9955
alljoyn 17:9956
odnsp 6:9966 17:9966
xybrid-rt 6:9978
visweather 6:9979
pumpkindb 6:9981
kaostransport 6:9986
dsm-scm-target 6:9987 17:9987
nsesrvr 6:9988
osm-appsrvr 6:9990 17:9990
osm-oev 6:9991 17:9991
palace-1 6:9992 17:9992
palace-2 6:9993 17:9993
palace-3 6:9994 17:9994
palace-4 6:9995 17:9995
palace-5 6:9996 17:9996
palace-6 6:9997 17:9997
distinct32 6:9998 17:9998
distinct 6:9999 17:9999
ndmp 6:10000 17:10000
scp-config 6:10001 17:10001
documentum 6:10002 17:10002
documentum-s 6:10003 17:10003
emcrmirccd 6:10004
emcrmird 6:10005
netapp-sync 6:10006
mvs-capacity 6:10007 17:10007
octopus 6:10008 17:10008
swdtp-sv 6:10009 17:10009
rxapi 6:10010
abb-hw 6:10020
cefd-vmp 17:10023
zabbix-agent 6:10050 17:10050
zabbix-trapper 6:10051 17:10051
qptlmd 6:10055
amanda 6:10080 17:10080
famdc 6:10081 17:10081
itap-ddtp 6:10100 17:10100
ezmeeting-2 6:10101 17:10101
ezproxy-2 6:10102 17:10102
ezrelay 6:10103 17:10103
swdtp 6:10104 17:10104
bctp-server 6:10107 17:10107
nmea-0183 6:10110 17:10110
nmea-onenet 17:10111
netiq-endpoint 6:10113 17:10113
netiq-qcheck 6:10114 17:10114
netiq-endpt 6:10115 17:10115
netiq-voipa 6:10116 17:10116
iqrm 6:10117 17:10117
cimple 6:10125
bmc-perf-sd 6:10128 17:10128
bmc-gms 6:10129
qb-db-server 6:10160 17:10160
snmptls 6:10161
snmpdtls 17:10161
snmptls-trap 6:10162
snmpdtls-trap 17:10162
trisoap 6:10200 17:10200
rsms 6:10201
rscs 17:10201
apollo-relay 6:10252 17:10252
eapol-relay 17:10253
axis-wimp-port 6:10260 17:10260
tile-ml 6:10261
blocks 6:10288 17:10288
bngsync 17:10439
cirrossp 6:10443
hip-nat-t 17:10500
MOS-lower 6:10540 17:10540
MOS-upper 6:10541 17:10541
MOS-aux 6:10542 17:10542
MOS-soap 6:10543 17:10543
MOS-soap-opt 6:10544 17:10544
serverdocs 6:10548
printopia 6:10631
gap 6:10800 17:10800
lpdg 6:10805 17:10805
nbd 6:10809
nmc-disc 17:10810
helix 6:10860 17:10860
bveapi 6:10880 17:10880
octopustentacle 6:10933
rmiaux 6:10990 17:10990
irisa 6:11000 17:11000
metasys 6:11001 17:11001
weave 6:11095 17:11095
origo-sync 6:11103
netapp-icmgmt 6:11104
netapp-icdata 6:11105
sgi-lk 6:11106 17:11106
myq-termlink 17:11108
sgi-dmfmgr 6:11109
sgi-soap 6:11110
vce 6:11111 17:11111
dicom 6:11112 17:11112
suncacao-snmp 6:11161 17:11161
suncacao-jmxmp 6:11162 17:11162
suncacao-rmi 6:11163 17:11163
suncacao-csa 6:11164 17:11164
suncacao-websvc 6:11165 17:11165
snss 17:11171
oemcacao-jmxmp 6:11172
t5-straton 6:11173
oemcacao-rmi 6:11174
oemcacao-websvc 6:11175
smsqp 6:11201 17:11201
dcsl-backup 6:11202
wifree 6:11208 17:11208
memcache 6:11211 17:11211
xcompute 6:11235 132:11235
imip 6:11319 17:11319
imip-channels 6:11320 17:11320
arena-server 6:11321 17:11321
atm-uhas 6:11367 17:11367
hkp 6:11371 17:11371
lsdp 17:11430
ollama 6:11434
asgcypresstcps 6:11489
tempest-port 6:11600 17:11600
emc-xsw-dconfig 6:11623
h323callsigalt 6:11720 17:11720
emc-xsw-dcache 6:11723 17:11723
intrepid-ssl 6:11751 17:11751
lanschool 6:11796
lanschool-mpt 17:11796
xoraya 6:11876 17:11876
x2e-disc 17:11877
sysinfo-sp 6:11967 17:11967
tibsd 6:11971
wmereceiving 132:11997
wmedistribution 132:11998
wmereporting 132:11999
entextxid 6:12000 17:12000
entextnetwk 6:12001 17:12001
entexthigh 6:12002 17:12002
entextmed 6:12003 17:12003
entextlow 6:12004 17:12004
dbisamserver1 6:12005 17:12005
dbisamserver2 6:12006 17:12006
accuracer 6:12007 17:12007
accuracer-dbms 6:12008 17:12008
ghvpn 17:12009
edbsrvr 6:12010
vipera 6:12012 17:12012
vipera-ssl 6:12013 17:12013
rets-ssl 6:12109 17:12109
nupaper-ss 6:12121 17:12121
cawas 6:12168 17:12168
hivep 6:12172 17:12172
linogridengine 6:12300 17:12300
rads 6:12302
warehouse-sss 6:12321 17:12321
warehouse 6:12322 17:12322
italk 6:12345 17:12345
carb-repl-ctrl 6:12546
tsaf 6:12753 17:12753
netperf 6:12865
i-zipqd 6:13160 17:13160
bcslogc 6:13216 17:13216
rs-pias 6:13217 17:13217
emc-vcas-tcp 6:13218
emc-vcas-udp 17:13218
powwow-client 6:13223 17:13223
powwow-server 6:13224 17:13224
doip-data 6:13400
doip-disc 17:13400
bprd 6:13720 17:13720
bpdbm 6:13721 17:13721
bpjava-msvc 6:13722 17:13722
vnetd 6:13724 17:13724
bpcd 6:13782 17:13782
vopied 6:13783 17:13783
nbdb 6:13785 17:13785
nomdb 6:13786 17:13786
dsmcc-config 6:13818 17:13818
dsmcc-session 6:13819 17:13819
dsmcc-passthru 6:13820 17:13820
dsmcc-download 6:13821 17:13821
dsmcc-ccp 6:13822 17:13822
bmdss 6:13823
a-trust-rpc 6:13832
ucontrol 6:13894 17:13894
dta-systems 6:13929 17:13929
medevolve 6:13930
scotty-ft 6:14000 17:14000
sua 6:14001 17:14001 132:14001
scotty-disc 17:14002
sage-best-com1 6:14033 17:14033
sage-best-com2 6:14034 17:14034
vcs-app 6:14141 17:14141
icpp 6:14142 17:14142
icpps 6:14143
gcm-app 6:14145 17:14145
vrts-tdd 6:14149 17:14149
vcscmd 6:14150
vad 6:14154 17:14154
cps 6:14250 17:14250
ca-web-update 6:14414 17:14414
xpra 6:14500
hde-lcesrvr-1 6:14936 17:14936
hde-lcesrvr-2 6:14937 17:14937
hydap 6:15000 17:15000
onep-tls 6:15002
v2g-secc 17:15118
xpilot 6:15345 17:15345
3link 6:15363 17:15363
cisco-snat 6:15555 17:15555
bex-xr 6:15660 17:15660
ptp 6:15740 17:15740
2ping 17:15998
programmar 6:15999
fmsas 6:16000
fmsascon 6:16001
gsms 6:16002
alfin 17:16003
jwpc 6:16020
jwpc-bin 6:16021
sun-sea-port 6:16161 17:16161
solaris-audit 6:16162
etb4j 6:16309 17:16309
pduncs 6:16310 17:16310
pdefmns 6:16311 17:16311
netserialext1 6:16360 17:16360
netserialext2 6:16361 17:16361
netserialext3 6:16367 17:16367
netserialext4 6:16368 17:16368
connected 6:16384 17:16384
rdgs 6:16385
xoms 6:16619
axon-tunnel 6:16665
vtp 17:16666
cadsisvr 6:16789
newbay-snc-mc 6:16900 17:16900
sgcip 6:16950 17:16950
intel-rci-mp 6:16991 17:16991
amt-soap-http 6:16992 17:16992
amt-soap-https 6:16993 17:16993
amt-redir-tcp 6:16994 17:16994
amt-redir-tls 6:16995 17:16995
isode-dua 6:17007 17:17007
ncpu 6:17010
vestasdlp 6:17184
soundsvirtual 6:17185 17:17185
chipper 6:17219 17:17219
avtp 6:17220 17:17220
avdecc 6:17221 17:17221
cpsp 17:17222
isa100-gci 6:17223
trdp-pd 17:17224
trdp-md 6:17225 17:17225
integrius-stp 6:17234 17:17234
ssh-mgmt 6:17235 17:17235
db-lsp 6:17500
db-lsp-disc 17:17500
ailith 6:17555
ea 6:17729 17:17729
zep 6:17754 17:17754
zigbee-ip 6:17755 17:17755
zigbee-ips 6:17756 17:17756
sw-orion 6:17777
biimenu 6:18000 17:18000
radpdf 6:18104
racf 6:18136
opsec-cvp 6:18181 17:18181
opsec-ufp 6:18182 17:18182
opsec-sam 6:18183 17:18183
opsec-lea 6:18184 17:18184
opsec-omi 6:18185 17:18185
ohsc 6:18186 17:18186
opsec-ela 6:18187 17:18187
checkpoint-rtm 6:18241 17:18241
iclid 6:18242
clusterxl 6:18243
gv-pf 6:18262 17:18262
ac-cluster 6:18463 17:18463
heythings 17:18516
rds-ib 6:18634 17:18634
rds-ip 6:18635 17:18635
vdmmesh 6:18668
vdmmesh-disc 17:18668
ique 6:18769 17:18769
infotos 6:18881 17:18881
apc-necmp 6:18888 17:18888
igrid 6:19000 17:19000
scintilla 6:19007 17:19007
j-link 6:19020
opsec-uaa 6:19191 17:19191
ua-secureagent 6:19194 17:19194
cora 6:19220
cora-disc 17:19220
keysrvr 6:19283 17:19283
keyshadow 6:19315 17:19315
mtrgtrans 6:19398 17:19398
hp-sco 6:19410 17:19410
hp-sca 6:19411 17:19411
hp-sessmon 6:19412 17:19412
fxuptp 6:19539 17:19539
sxuptp 6:19540 17:19540
jcp 6:19541 17:19541
mle 17:19788
faircom-db 6:19790
iec-104-sec 6:19998
dnp-sec 6:19999 17:19999 132:19999
dnp 6:20000 17:20000 132:20000
microsan 6:20001 17:20001
commtact-http 6:20002 17:20002
commtact-https 6:20003 17:20003
openwebnet 6:20005 17:20005
ss-idi-disc 17:20012
ss-idi 6:20013
opendeploy 6:20014 17:20014
nburn-id 6:20034 17:20034
tmophl7mts 6:20046 17:20046
mountd 6:20048 17:20048
nfsrdma 6:20049 17:20049 132:20049
avesterra 6:20057
tolfab 6:20167 17:20167
ipdtp-port 6:20202 17:20202
ipulse-ics 6:20222 17:20222
emwavemsg 6:20480 17:20480
track 6:20670 17:20670
crtech-nlm 6:20810
athand-mmp 6:20999 17:20999
irtrans 6:21000 17:21000
notezilla-lan 6:21010
trinket-agent 6:21212
cohesity-agent 6:21213
aigairserver 6:21221
xahaud 6:21337
rdm-tfs 6:21553
dfserver 6:21554 17:21554
vofr-gateway 6:21590 17:21590
tvpm 6:21800 17:21800
sal 6:21801
webphone 6:21845 17:21845
netspeak-is 6:21846 17:21846
netspeak-cs 6:21847 17:21847
netspeak-acd 6:21848 17:21848
netspeak-cps 6:21849 17:21849
snapenetio 6:22000 17:22000
optocontrol 6:22001 17:22001
optohost002 6:22002 17:22002
optohost003 6:22003 17:22003
optohost004 6:22004 17:22004 6:22005 17:22005
dcap 6:22125
gsidcap 6:22128
easyengine 6:22222
wnn6 6:22273 17:22273
cis 6:22305 17:22305
showcockpit-net 6:22333 17:22333
shrewd-control 6:22335
shrewd-stream 17:22335
cis-secure 6:22343 17:22343
wibukey 6:22347 17:22347
codemeter 6:22350 17:22350
codemeter-cmwan 6:22351
caldsoft-backup 6:22537
vocaltec-wconf 6:22555
vocaltec-phone 17:22555
talikaserver 6:22763 17:22763
aws-brf 6:22800 17:22800
brf-gw 6:22951 17:22951
inovaport1 6:23000 17:23000
inovaport2 6:23001 17:23001
inovaport3 6:23002 17:23002
inovaport4 6:23003 17:23003
inovaport5 6:23004 17:23004
inovaport6 6:23005 17:23005
gntp 6:23053
s102 17:23272
5afe-dir 6:23294
5afe-disc 17:23294
elxmgmt 6:23333 17:23333
novar-dbase 6:23400 17:23400
novar-alarm 6:23401 17:23401
novar-global 6:23402 17:23402
aequus 6:23456
aequus-alt 6:23457
areaguard-neo 6:23546
med-ltp 6:24000 17:24000
med-fsp-rx 6:24001 17:24001
med-fsp-tx 6:24002 17:24002
med-supp 6:24003 17:24003
med-ovw 6:24004 17:24004
med-ci 6:24005 17:24005
med-net-svc 6:24006 17:24006
filesphere 6:24242 17:24242
vista-4gl 6:24249 17:24249
ild 6:24321 17:24321
hid 17:24322
vrmg-ip 6:24323
intel-rci 6:24386 17:24386
tonidods 6:24465 17:24465
binkp 6:24554 17:24554
bilobit 6:24577
bilobit-update 17:24577
udpstp 17:24601
sdtvwcam 6:24666
canditv 6:24676 17:24676
flashfiler 6:24677 17:24677
proactivate 6:24678 17:24678
tcc-http 6:24680 17:24680
cslg 6:24754
assoc-disc 17:24850
find 6:24922 17:24922
icl-twobase1 6:25000 17:25000
icl-twobase2 6:25001 17:25001
icl-twobase3 6:25002 17:25002
icl-twobase4 6:25003 17:25003
icl-twobase5 6:25004 17:25004
icl-twobase6 6:25005 17:25005
icl-twobase7 6:25006 17:25006
icl-twobase8 6:25007 17:25007
icl-twobase9 6:25008 17:25008
icl-twobase10 6:25009 17:25009
db2c-tls 6:25100
rna 132:25471
sauterdongle 6:25576
idtp 6:25604
vocaltec-hos 6:25793 17:25793
tasp-net 6:25900 17:25900
niobserver 6:25901 17:25901
nilinkanalyst 6:25902 17:25902
niprobe 6:25903 17:25903
bf-game 17:25954
bf-master 17:25955
quake 6:26000 17:26000
scscp 6:26133 17:26133
wnn6-ds 6:26208 17:26208
cockroach 6:26257
ezproxy 6:26260 17:26260
ezmeeting 6:26261 17:26261
k3software-svr 6:26262 17:26262
k3software-cli 6:26263 17:26263
exoline-tcp 6:26486
exoline-udp 17:26486
exoconfig 6:26487 17:26487
exonet 6:26489 17:26489
flex-lmadmin 6:27010
chlenix 6:27016
mongodb 6:27017
imagepump 6:27345 17:27345
jesmsjc 6:27442 17:27442
kopek-httphead 6:27504 17:27504
ars-vista 6:27782 17:27782
astrolink 6:27876
tw-auth-key 6:27999 17:27999
nxlmd 6:28000 17:28000
pqsp 6:28001
gruber-cashreg 6:28010
thor-engine 6:28080
a27-ran-ran 17:28119
voxelstorm 6:28200 17:28200
siemensgsm 6:28240 17:28240
bosswave 6:28589
saltd-licensing 6:29000
sgsap 132:29118
otmp 6:29167 17:29167
sbcap 132:29168
iuhsctpassoc 132:29169
bingbang 6:29999
ndmps 6:30000
pago-services1 6:30001 17:30001
pago-services2 6:30002 17:30002
amicon-fpsu-ra 6:30003 17:30003
amicon-fpsu-s 17:30004
rwp 6:30100 132:30100
kingdomsonline 6:30260 17:30260
gs-realtime 6:30400
samsung-disc 17:30832
ovobs 6:30999 17:30999
ka-sddp 6:31016
ka-kdp 17:31016
autotrac-acp 6:31020
yawn 17:31029
eldim 6:31337 17:31337
pace-licensed 6:31400
xqosd 6:31416 17:31416
tetrinet 6:31457 17:31457
lm-mon 6:31620 17:31620
dsx-monitor 6:31685
gamesmith-port 6:31765 17:31765
iceedcp-tx 6:31948 17:31948
iceedcp-rx 6:31949 17:31949
iracinghelper 6:32034 17:32034
t1distproc60 6:32249 17:32249
plex 6:32400
apm-link 6:32483 17:32483
sec-ntb-clnt 6:32635 17:32635
DMExpress 6:32636 17:32636
filenet-powsrm 6:32767 17:32767
filenet-tms 6:32768 17:32768
filenet-rpc 6:32769 17:32769
filenet-nch 6:32770 17:32770
filenet-rmi 6:32771 17:32771
filenet-pa 6:32772 17:32772
filenet-cm 6:32773 17:32773
filenet-re 6:32774 17:32774
filenet-pch 6:32775 17:32775
filenet-peior 6:32776 17:32776
filenet-obrok 6:32777 17:32777
mlsn 6:32801 17:32801
retp 6:32811
idmgratm 6:32896 17:32896
wg-endpt-comms 6:33000
mysqlx 6:33060
aurora-balaena 6:33123 17:33123
diamondport 6:33331 17:33331
dgi-serv 6:33333
speedtrace 6:33334
speedtrace-disc 17:33334
traceroute 6:33434 17:33434
mtrace 17:33435
snip-slave 6:33656 17:33656
digilent-adept 6:33890
turbonote-2 6:34249 17:34249
p-net-local 6:34378 17:34378
p-net-remote 6:34379 17:34379
dhanalakshmi 6:34567
edi_service 17:34567
profinet-rt 6:34962 17:34962
profinet-rtm 6:34963 17:34963
profinet-cm 6:34964 17:34964
ethercat 6:34980 17:34980
heathview 6:35000
rt-viewer 6:35001 17:35001
rt-sound 6:35002
rt-devicemapper 6:35003
rt-classmanager 6:35004 17:35004
rt-labtracker 6:35005
rt-helper 6:35006
axio-disc 6:35100 17:35100
kitim 6:35354
altova-lm 6:35355
altova-lm-disc 17:35355
guttersnex 6:35356
openstack-id 6:35357
allpeers 6:36001 17:36001
wlcp 17:36411
s1-control 132:36412
x2-control 132:36422
slmap 132:36423
nq-ap 132:36424
m2ap 132:36443
m3ap 132:36444
xw-control 132:36462
febooti-aw 6:36524
observium-agent 6:36602
mapx 6:36700
kastenxpipe 6:36865 17:36865
3gpp-w1ap 132:37472
neckar 6:37475 17:37475
gdrive-sync 6:37483
eftp 6:37601
unisys-eportal 6:37654 17:37654
ivs-database 6:38000
ivs-insertion 6:38001
cresco-control 6:38002
crescoctrl-disc 17:38002
galaxy7-data 6:38201 17:38201
fairview 6:38202 17:38202
agpolicy 6:38203 17:38203
ng-control 132:38412
xn-control 132:38422
e1-interface 132:38462
f1-control 132:38472
psqlmws 6:38638
sruth 6:38800
secrmmsafecopya 6:38865
vroa 6:39063
turbonote-1 6:39681 17:39681
safetynetp 6:40000 17:40000
k-patentssensor 17:40023
sptx 6:40404
cscp 6:40841 17:40841
csccredir 6:40842 17:40842
csccfirewall 6:40843 17:40843
ortec-disc 17:40853
fs-qos 6:41111 17:41111
tentacle 6:41121
z-wave-s 6:41230 17:41230
crestron-cip 6:41794 17:41794
crestron-ctp 6:41795 17:41795
crestron-cips 6:41796
crestron-ctps 6:41797
candp 6:42508 17:42508
candrp 6:42509 17:42509
caerpc 6:42510 17:42510
curiosity 6:42999
recvr-rc 6:43000
recvr-rc-disc 17:43000
reachout 6:43188 17:43188
ndm-agent-port 6:43189 17:43189
ip-provision 6:43190 17:43190
noit-transport 6:43191
shaperai 6:43210
shaperai-disc 17:43210
hmip-routing 17:43438
eq3-update 6:43439
eq3-config 17:43439
ew-mgmt 6:43440
ew-disc-cmd 17:43440
ciscocsdb 6:43441 17:43441
z-wave-tunnel 6:44123
pmcd 6:44321 17:44321
pmproxy 6:44322 17:44322
pmwebapi 6:44323
cognex-dataman 6:44444
acronis-backup 6:44445
domiq 17:44544
rbr-debug 6:44553 17:44553
asihpi 17:44600
EtherNet-IP-2 6:44818 17:44818
m3da 6:44900
m3da-disc 17:44900
asmp 6:45000
asmp-mon 17:45000
asmps 6:45001
rs-status 6:45002
synctest 6:45045
invision-ag 6:45054 17:45054
witsnet 6:45185 17:45185
cloudcheck 6:45514
cloudcheck-ping 17:45514
eba 6:45678 17:45678
dai-shell 6:45824
qdb2service 6:45825 17:45825
ssr-servermgr 6:45966 17:45966
inedo 6:46336
spremotetablet 6:46998
mediabox 6:46999 17:46999
mbus 6:47000 17:47000
winrm 6:47001
jvl-mactalk 17:47100
dbbrowse 6:47557 17:47557
directplaysrvr 6:47624 17:47624
ap 6:47806 17:47806
bacnet 6:47808 17:47808
presonus-ucnet 17:47809
nimcontroller 6:48000 17:48000
nimspooler 6:48001 17:48001
nimhub 6:48002 17:48002
nimgtw 6:48003 17:48003
nimbusdb 6:48004
nimbusdbctrl 6:48005
juka 6:48048
3gpp-cbsp 6:48049
weandsf 6:48050
isnetserv 6:48128 17:48128
blp5 6:48129 17:48129
com-bardac-dw 6:48556 17:48556
iqobject 6:48619 17:48619
robotraconteur 6:48653 17:48653
matahari 6:49000
nusrp 6:49001
nusdp-disc 17:49001
inspider 6:49150
`

/** One line for each other name that those ports also have: the name, then the names it stands for. */
export const OTHER_NAMES = `
nameserver name
whois++ whoispp
sql*net sql-net
www http
www-http http
csnet-ns cso
cl/1 cl-1
z39.50 z39-50
914c/g 914c-g
subntbcst_tftp subntbcst-tftp
bhoetty matip-type-b
bhoedap4 dtag-ste-sb
rsvp_tunnel rsvp-tunnel
ocs_cmu ocs-cmu
ocs_amu ocs-amu
cvc_hostd cvc-hostd
urd submissions
biff comsat
dec_dlm dec-dlm
ipps ipp
doom mdqs
loadav kerberos-iv
acmaint_dbd acmaint-dbd
acmaint_transd acmaint-transd
mdbs_daemon mdbs-daemon
iclcnet_svinfo iclcnet-svinfo
cddbp accessbuilder
puprouter garcon applix
instl_boots instl-boots
instl_bootc instl-bootc
encrypted_admin encrypted-admin
bmc_patroldb bmc-patroldb
udt_os udt-os
atex_elmd atex-elmd
novell-lu6.2 novell-lu6-2
interhdl_elmd interhdl-elmd
ibm_wrless_lan ibm-wrless-lan
msl_lmd msl-lmd
nms_topo_serv nms-topo-serv
netmap_lm netmap-lm
prospero-np orasrv
veritas_pbx veritas-pbx
pra_elmd pra-elmd
shiva_confsrvr shiva-confsrvr
l2tp l2f
mshnet tr-rsrb-p3
ipsendmsg stun-p3
pipe_server pipe-server
shilp nfs
EtherNet/IP-1 EtherNet-IP-1
wrs_registry wrs-registry
redstorm_join redstorm-join
redstorm_find redstorm-find
redstorm_info redstorm-info
redstorm_diag redstorm-diag
lan900_remote lan900-remote
bues_service bues-service
ncr_ccl ncr-ccl
corel_vncadmin corel-vncadmin
elvin_server elvin-server
elvin_client elvin-client
remoteware-cl hbci
remoteware-srv exlm-agent
broker_service broker-service
notify_srvr notify-srvr
event_listener event-listener
srvc_registry srvc-registry
resource_mgr resource-mgr
nds_sso nds-sso
LiebDevMgmt_C LiebDevMgmt-C
LiebDevMgmt_DM LiebDevMgmt-DM
LiebDevMgmt_A LiebDevMgmt-A
gds_db gds-db
stm_pproc stm-pproc
printer_agent printer-agent
turn stun
stun-behavior stun
dl_agent dl-agent
dbcontrol_agent dbcontrol-agent
mapper-ws_ethd mapper-ws-ethd
dsmeter_iatc dsmeter-iatc
avanti_cdp avanti-cdp
nuts_dem nuts-dem
nuts_bootp nuts-bootp
cedros_fds cedros-fds
menandmice_noh menandmice-noh
idig_mux idig-mux
universe_suite universe-suite
csc_proxy csc-proxy
matrix_vnet matrix-vnet
elpro_tunnel elpro-tunnel
nv-video krb524
contamac_icm contamac-icm
flr_agent flr-agent
rmonitor_secure rmonitor-secure
esri_sde esri-sde
ife_icorp ife-icorp
turns stuns
stun-behaviors stuns
bmc_ctd_ldap bmc-ctd-ldap
sge_qmaster sge-qmaster
sge_execd sge-execd
boks_servc boks-servc
boks_servm boks-servm
boks_clntd boks-clntd
badm_priv badm-priv
badm_pub badm-pub
bdir_priv bdir-priv
bdir_pub bdir-pub
canit_store canit-store
vision_server vision-server
vision_elmd vision-elmd
pdl-datastream hp-pdl-datastr
erunbook_agent erunbook-agent
erunbook_server erunbook-server
documentum_s documentum-s
nburn_id nburn-id
intel_rci intel-rci
dsx_monitor dsx-monitor
iceedcp_tx iceedcp-tx
iceedcp_rx iceedcp-rx
EtherNet/IP-2 EtherNet-IP-2
`
